import type { World } from '../../../world/world.ts';
import type { AccessStore } from '../../access-management/access-store.ts';
import type { EventRules } from '../../event-bridge/event-rules.ts';
import type { LogService } from '../../log-service/index.ts';
import type { MessageService } from '../../message-service/message-service.ts';
import { accessRole } from './access-role.ts';
import { eventRule } from './event-rule.ts';
import { type Flow, flow } from './flow.ts';
import { type Alert, logAlert } from './log-alert.ts';
import { type Dashboard, logDashboard } from './log-dashboard.ts';
import { logIndex } from './log-index.ts';
import { logProject } from './log-project.ts';
import { logstore } from './logstore.ts';
import { managedPolicy } from './managed-policy.ts';
import { messageQueue } from './message-queue.ts';
import type { NamedStore } from './named-store.ts';
import type { ResourceType, ResourceTypes } from './resource-type.ts';

interface ResourcePorts {
  readonly world: World;
  readonly accountId: string;
  readonly logService: LogService;
  readonly messageService: MessageService;
  readonly access: AccessStore;
  /** Without it there is no type for event rules. */
  readonly eventRules?: EventRules;
  readonly alerts: NamedStore<Alert>;
  readonly dashboards: NamedStore<Dashboard>;
  readonly flows: NamedStore<Flow>;
}

/** Every type of resource that is modelled. */
export function createResourceTypes(ports: ResourcePorts): ResourceTypes {
  const { world, accountId, logService, messageService, access } = ports;
  const types = [
    flow(ports),
    messageQueue({ messageService, accountId, region: world.region }),
    accessRole(access),
    managedPolicy(access),
    logAlert(logService, ports.alerts),
    logDashboard(logService, ports.dashboards),
    logIndex(logService),
    logProject(logService),
    logstore(logService),
    ...(ports.eventRules === undefined ? [] : [eventRule(ports.eventRules)]),
  ];
  return new Map(types.map((type) => [type.name, requiringActivation(type, world)]));
}

/** By the first part of a type's name: the service that makes its resources. */
const MAKERS: Readonly<Record<string, string>> = {
  'ALIYUN::EventBridge': 'event-bridge',
  'ALIYUN::FNF': 'cloud-flow',
  'ALIYUN::MNS': 'message-service',
  'ALIYUN::SLS': 'log-service',
};

/** A service that was never activated creates nothing: the resource fails with its error. */
function requiringActivation(type: ResourceType, { activation }: World): ResourceType {
  const maker = MAKERS[type.name.slice(0, type.name.lastIndexOf('::'))];
  if (maker === undefined) return type;
  return {
    ...type,
    create(properties) {
      const refusal = activation.refusal(maker);
      if (refusal !== undefined) throw refusal;
      return type.create(properties);
    },
  };
}
