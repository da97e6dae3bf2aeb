import type { LogService } from '../../log-service/index.ts';
import type { ValueMap } from '../template/value.ts';
import { LOGSTORE_NAME, PROJECT_NAME } from './log-names.ts';
import { optionalFlag, optionalNumber, textOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

/** `ALIYUN::SLS::Logstore`. Log Service refuses a new number of shards. */
export function logstore(logService: LogService): ResourceType {
  return {
    name: 'ALIYUN::SLS::Logstore',
    properties: {
      kind: 'object',
      members: {
        ProjectName: { shape: PROJECT_NAME, required: true },
        LogstoreName: { shape: LOGSTORE_NAME, required: true },
        TTL: { shape: { kind: 'integer', min: 1, max: 3600 }, updatable: true },
        ShardCount: { shape: { kind: 'integer', min: 1, max: 100 }, updatable: true },
        AutoSplit: { shape: { kind: 'boolean' }, updatable: true },
        MaxSplitShard: { shape: { kind: 'integer', min: 1, max: 64 }, updatable: true },
        AppendMeta: { shape: { kind: 'boolean', allowed: [false] }, updatable: true },
        EnableTracking: { shape: { kind: 'boolean', allowed: [false] }, updatable: true },
      },
      unmodelled: ['EncryptConf', 'Mode', 'PreserveStorage'],
    },
    attributes: ['LogstoreName', 'ProjectName'],
    create(properties) {
      const { project, name } = namesOf(properties);
      logService.createLogstore(project, name, settingsOf(properties));
      return {
        physicalId: `${project}:${name}`,
        attributes: { LogstoreName: name, ProjectName: project },
      };
    },
    update(state, properties) {
      const { project, name } = namesOf(properties);
      logService.updateLogstore(project, name, settingsOf(properties));
      return state;
    },
    delete(_state, properties) {
      const { project, name } = namesOf(properties);
      logService.deleteLogstore(project, name);
    },
  };
}

function namesOf(properties: ValueMap) {
  return {
    project: textOf(properties, 'ProjectName'),
    name: textOf(properties, 'LogstoreName'),
  };
}

/** With the defaults of the resource type, so that a property that is taken away is reset. */
function settingsOf(properties: ValueMap) {
  return {
    ttlDays: optionalNumber(properties, 'TTL') ?? 30,
    shardCount: optionalNumber(properties, 'ShardCount') ?? 2,
    autoSplit: optionalFlag(properties, 'AutoSplit') ?? false,
    maxSplitShard: optionalNumber(properties, 'MaxSplitShard') ?? 64,
  };
}
