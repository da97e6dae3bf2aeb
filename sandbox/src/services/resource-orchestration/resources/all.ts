import { type ErrorTable, ServiceError } from '../../../protocols/service-error.ts';
import type { World } from '../../../world/world.ts';
import type { AccessStore } from '../../access-management/access-store.ts';
import type { StoredFlow } from '../../cloud-flow/cloud-flow-service.ts';
import { EVENT_BRIDGE_ERRORS } from '../../event-bridge/errors.ts';
import type { EventRules } from '../../event-bridge/event-rules.ts';
import { LOG_SERVICE_ERRORS } from '../../log-service/errors.ts';
import type { LogService } from '../../log-service/index.ts';
import type { MessageService } from '../../message-service/message-service.ts';
import { accessRole } from './access-role.ts';
import { eventRule } from './event-rule.ts';
import { flow } from './flow.ts';
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
  readonly flows: NamedStore<StoredFlow>;
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
  return new Map(types.map((type) => [type.name, askingMaker(type, world)]));
}

/** The service that makes a type's resources, and what it is asked to do so. */
interface Maker {
  readonly service: string;
  /** Where faults may name them. */
  readonly operations?: Readonly<Record<'create' | 'update' | 'delete', string>>;
  readonly errors?: ErrorTable;
}

const operationsOn = (what: string) => ({
  create: `Create${what}`,
  update: `Update${what}`,
  delete: `Delete${what}`,
});
const LOG_SERVICE = { service: 'log-service', errors: LOG_SERVICE_ERRORS };

/** RAM is always there. */
const MAKERS: Readonly<Record<string, Maker>> = {
  'ALIYUN::EventBridge::Rule': {
    service: 'event-bridge',
    operations: operationsOn('Rule'),
    errors: EVENT_BRIDGE_ERRORS,
  },
  'ALIYUN::FNF::Flow': { service: 'cloud-flow' },
  'ALIYUN::MNS::Queue': { service: 'message-service' },
  'ALIYUN::SLS::Alert': { service: 'log-service' },
  'ALIYUN::SLS::Dashboard': { service: 'log-service' },
  'ALIYUN::SLS::Index': { ...LOG_SERVICE, operations: operationsOn('Index') },
  'ALIYUN::SLS::Logstore': { ...LOG_SERVICE, operations: operationsOn('LogStore') },
  'ALIYUN::SLS::Project': { ...LOG_SERVICE, operations: operationsOn('Project') },
};

/**
 * A service that was never activated creates nothing, and one that a fault is set for answers with
 * its code: the resource fails with that error. Other faults than errors are of connections, which
 * there are none of here.
 */
function askingMaker(type: ResourceType, { activation, faults }: World): ResourceType {
  const maker = MAKERS[type.name];
  if (maker === undefined) return type;
  const { service, operations, errors = {} } = maker;
  const ask = (operation: string | undefined) => {
    const fault = operation === undefined ? undefined : faults.next(service, operation);
    const effect = fault?.effect;
    if (effect?.kind !== 'error') return;
    const row = errors[effect.code];
    throw new ServiceError(
      effect.code,
      effect.status ?? row?.status ?? 500,
      effect.message ?? row?.message ?? effect.code,
    );
  };
  return {
    ...type,
    create(properties) {
      const refusal = activation.refusal(service);
      if (refusal !== undefined) throw refusal;
      ask(operations?.create);
      return type.create(properties);
    },
    update(state, properties, before) {
      ask(operations?.update);
      return type.update(state, properties, before);
    },
    delete(state, properties) {
      ask(operations?.delete);
      type.delete(state, properties);
    },
  };
}
