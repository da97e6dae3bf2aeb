import { logError } from '../../log-service/errors.ts';
import type { LogService } from '../../log-service/index.ts';
import type { ValueMap } from '../template/value.ts';
import { LOGSTORE_NAME, PROJECT_NAME } from './log-names.ts';
import {
  mapOf,
  mapsOf,
  type ObjectShape,
  optionalFlag,
  optionalText,
  textOf,
} from './properties.ts';
import type { ResourceType } from './resource-type.ts';

/** The documented default: between the double brackets of `(( , '";=()[]{}?@&<>/:\n\t\r ))`. */
const DEFAULT_DELIMITER = ` , '";=()[]{}?@&<>/:\n\t\r `;

const FULL_TEXT: ObjectShape = {
  kind: 'object',
  members: {
    Enable: { shape: { kind: 'boolean' }, required: true },
    CaseSensitive: { shape: { kind: 'boolean' } },
    Delimiter: { shape: { kind: 'text' } },
    IncludeChinese: { shape: { kind: 'boolean' } },
  },
};

const KEY: ObjectShape = {
  kind: 'object',
  members: {
    Name: { shape: { kind: 'text' }, required: true },
    Type: { shape: { kind: 'text', allowed: ['text', 'long', 'double', 'json'] }, required: true },
    Alias: { shape: { kind: 'text' } },
    CaseSensitive: { shape: { kind: 'boolean' } },
    Delimiter: { shape: { kind: 'text' } },
    EnableAnalytics: { shape: { kind: 'boolean' } },
    IncludeChinese: { shape: { kind: 'boolean' } },
  },
  unmodelled: ['JsonKeyIndices'],
};

/** `ALIYUN::SLS::Index`: one for each logstore. A new one counts for logs written from then on. */
export function logIndex(logService: LogService): ResourceType {
  return {
    name: 'ALIYUN::SLS::Index',
    properties: {
      kind: 'object',
      members: {
        ProjectName: { shape: PROJECT_NAME, required: true },
        LogstoreName: { shape: LOGSTORE_NAME, required: true },
        FullTextIndex: { shape: FULL_TEXT, required: true, updatable: true },
        KeyIndices: { shape: { kind: 'list', of: KEY }, updatable: true },
        LogReduce: { shape: { kind: 'boolean', allowed: [false] }, updatable: true },
      },
    },
    attributes: [],
    create(properties) {
      const { project, logstore } = namesOf(properties);
      if (logService.hasIndex(project, logstore)) throw logError('IndexAlreadyExist');
      logService.createIndex(project, logstore, indexOf(properties));
      return { physicalId: `${project}:${logstore}`, attributes: {} };
    },
    update(state, properties) {
      const { project, logstore } = namesOf(properties);
      logService.createIndex(project, logstore, indexOf(properties));
      return state;
    },
    delete(_state, properties) {
      const { project, logstore } = namesOf(properties);
      logService.deleteIndex(project, logstore);
    },
  };
}

function namesOf(properties: ValueMap) {
  return {
    project: textOf(properties, 'ProjectName'),
    logstore: textOf(properties, 'LogstoreName'),
  };
}

/** The body of CreateIndex. */
function indexOf(properties: ValueMap) {
  const fullText = mapOf(properties, 'FullTextIndex');
  const keys = mapsOf(properties, 'KeyIndices');
  const names = keys.map((key) => textOf(key, 'Name'));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw logError('IndexInfoInvalid', `The key ${twice} is indexed twice.`);
  }
  return {
    ...(optionalFlag(fullText, 'Enable') === true && { line: wordingOf(fullText) }),
    ...(keys.length > 0 && {
      keys: Object.fromEntries(keys.map((key) => [textOf(key, 'Name'), keyOf(key)])),
    }),
  };
}

function keyOf(key: ValueMap) {
  const type = textOf(key, 'Type');
  return {
    type,
    alias: optionalText(key, 'Alias') ?? '',
    doc_value: optionalFlag(key, 'EnableAnalytics') ?? type !== 'json',
    ...(type === 'text' && wordingOf(key)),
  };
}

function wordingOf(given: ValueMap) {
  return {
    token: [...new Set(optionalText(given, 'Delimiter') ?? DEFAULT_DELIMITER)],
    caseSensitive: optionalFlag(given, 'CaseSensitive') ?? false,
    chn: optionalFlag(given, 'IncludeChinese') ?? false,
  };
}
