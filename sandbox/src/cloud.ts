import type { CloudOptions } from './options.ts';
import { createRpcService } from './protocols/rpc/rpc-service.ts';
import { seedDirectory } from './seed.ts';
import type { HttpService } from './server/http-service.ts';
import type { ClientConnection } from './server/server.ts';
import { createAccessManagementService } from './services/access-management/access-management-service.ts';
import { type AccessStore, createAccessStore } from './services/access-management/access-store.ts';
import { EVENT_BRIDGE_ROLES } from './services/access-management/service-linked-roles.ts';
import { createCloudFlowService } from './services/cloud-flow/cloud-flow-service.ts';
import { createConfigService } from './services/config/config-service.ts';
import { type ConfigState, createConfigState } from './services/config/config-state.ts';
import { createEventBridgeService } from './services/event-bridge/event-bridge-service.ts';
import { createEventBus, type EventBus } from './services/event-bridge/event-bus.ts';
import { createEventRules, type EventRules } from './services/event-bridge/event-rules.ts';
import { createEventBridgeOpenApi } from './services/event-bridge/open-api.ts';
import { reachesBusOf } from './services/event-bridge/reaches-bus.ts';
import { recordedCallToEvent } from './services/event-bridge/recorded-call-event.ts';
import { faultableServices } from './services/faultable-services.ts';
import {
  createFunctionCompute,
  type FunctionCompute,
} from './services/function-compute/function-compute.ts';
import { createLogService, type LogService } from './services/log-service/index.ts';
import { createAlertAndDashboardReads } from './services/log-service/operations/alerts-and-dashboards.ts';
import {
  createMessageService,
  type MessageService,
} from './services/message-service/message-service.ts';
import { createMessageServiceApi } from './services/message-service/message-service-api.ts';
import { createMessageServiceDoor } from './services/message-service/message-service-door.ts';
import { SERVICE_NAMES, type ServiceName } from './services/names.ts';
import {
  createObjectStorage,
  type ObjectStorage,
} from './services/object-storage/object-storage.ts';
import { createDirectory, type Directory } from './services/resource-manager/directory.ts';
import {
  createResourceManagerService,
  RECORDED_CALLS,
} from './services/resource-manager/resource-manager-service.ts';
import {
  createResourceOrchestration,
  type ResourceOrchestration,
} from './services/resource-orchestration/resource-orchestration.ts';
import type { SavedSandbox } from './state/saved-sandbox.ts';
import type { FaultableService } from './world/faults.ts';
import type { Credentials } from './world/identities.ts';
import { createWorld, type World } from './world/world.ts';

/** One world and its services, from their seed on. */
export interface Cloud {
  /** Of the management account's root user. */
  readonly credentials: Credentials;
  readonly world: World;
  readonly directory: Directory;
  readonly config: ConfigState;
  readonly logService: LogService;
  readonly messageService: MessageService;
  readonly eventBus: EventBus;
  readonly eventRules: EventRules;
  readonly access: AccessStore;
  readonly functionCompute: FunctionCompute;
  readonly objectStorage: ObjectStorage;
  readonly resourceOrchestration: ResourceOrchestration;
  /** What answers. */
  readonly services: readonly ServiceName[];
  /** Of the services that answer: what the server asks. */
  readonly doors: readonly HttpService[];
  /** What faults and quotas may name. */
  readonly faultable: readonly FaultableService[];
  /** Ends its processes, and its clock. */
  close(): Promise<void>;
}

export const DEFAULT_MANAGEMENT_ACCOUNT_ID = '1000000000000001';

export function createCloud(
  options: CloudOptions,
  given: {
    /** An instance of a function is frozen with these connections open. */
    onFreeze(connections: readonly ClientConnection[]): void;
    /** Every function sees it, over its own variables. */
    functionEnvironment(): Readonly<Record<string, string>>;
    /** Of the management account's root user. Default: as `keys` says. */
    readonly credentials?: Credentials | undefined;
    /** It goes on from there. Stacks, the log store and keys are put into it by `restoreCloud`. */
    readonly saved?: SavedSandbox | undefined;
  },
): Cloud {
  const chosen = options.services ?? SERVICE_NAMES;
  const { speed, journalSize, keys, lenient } = options;
  const { saved } = given;
  const world = createWorld({
    ...(speed === undefined ? {} : { speed }),
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(journalSize === undefined ? {} : { journalSize }),
    ...(keys === undefined ? {} : { keys }),
    ...(lenient === undefined ? {} : { lenient }),
    ...(saved === undefined ? {} : { startMs: timeGoneOn(saved, speed) }),
    ...(options.notActivated === undefined ? {} : { notActivated: options.notActivated }),
  });
  const { region } = world;
  const accountId = options.managementAccountId ?? DEFAULT_MANAGEMENT_ACCOUNT_ID;
  const { members } = options;
  const directory = createDirectory({
    world,
    managementAccountId: accountId,
    ...(typeof members === 'number' ? { members } : {}),
    ...(saved === undefined ? {} : { saved: saved.directory }),
  });
  const config = createConfigState({
    world,
    directory,
    ...(saved === undefined
      ? { options: seedDirectory(directory, options) }
      : { options: options.config ?? {}, saved: saved.config }),
  });
  const logService = createLogService({
    world,
    accountId,
    ...(options.logsVisibleAfterMs === undefined
      ? {}
      : { visibleAfterMs: options.logsVisibleAfterMs }),
  });
  const messageService = createMessageService({ world });
  const access = createAccessStore(world, accountId);
  const firstRoles = world.activation.isActivated('event-bridge') ? EVENT_BRIDGE_ROLES : [];
  for (const serviceName of options.serviceLinkedRoles ?? firstRoles) {
    access.createServiceLinkedRole(serviceName);
  }
  const eventBus = createEventBus({
    world,
    accountId,
    region,
    messageService,
    access,
    eventNames: RECORDED_CALLS,
  });
  const objectStorage = createObjectStorage({ world });
  const functionCompute = createFunctionCompute({
    world,
    accountId,
    messageService,
    logService,
    objectStorage,
    onFreeze: given.onFreeze,
    instanceEnvironment: given.functionEnvironment,
    ...(options.asyncRetryDelayMs === undefined
      ? {}
      : { asyncRetryDelayMs: options.asyncRetryDelayMs }),
    ...(options.instanceIdleMs === undefined ? {} : { instanceIdleMs: options.instanceIdleMs }),
    ...(options.startInstance === undefined ? {} : { startInstance: options.startInstance }),
  });
  const eventRules = createEventRules({ world, accountId, eventBus, functionCompute, access });
  const resourceOrchestration = createResourceOrchestration({
    world,
    accountId,
    logService,
    messageService,
    access,
    eventRules,
    ...(options.stackResourceMs === undefined ? {} : { resourceMs: options.stackResourceMs }),
  });
  if (chosen.includes('event-bridge')) {
    const { handshakeEventsReachManagement = false } = options;
    directory.onCall((call) => {
      if (!reachesBusOf(accountId, call, { handshakeEventsReachManagement })) return;
      eventBus.publish(recordedCallToEvent(call, { accountId, region }));
    });
  }

  const isChosen = ({ service }: { readonly service: string }) =>
    chosen.some((name) => name === service);
  const products = [
    createConfigService(config),
    createResourceManagerService(directory, access),
    createAccessManagementService(access),
    createCloudFlowService({
      world,
      accountId,
      functionCompute,
      flows: resourceOrchestration.flows,
    }),
    createEventBridgeService(world, eventRules),
    createMessageServiceApi(world, messageService),
    resourceOrchestration.product,
  ].filter(isChosen);
  const others = [
    {
      service: 'event-bridge',
      door: createEventBridgeOpenApi(world, accountId, eventRules),
    },
    { service: 'object-storage', door: objectStorage },
    {
      service: 'message-service',
      door: createMessageServiceDoor(world, accountId, messageService),
    },
    {
      service: 'log-service',
      door: createAlertAndDashboardReads({
        world,
        accountId,
        logService,
        alerts: resourceOrchestration.alerts,
        dashboards: resourceOrchestration.dashboards,
      }),
    },
    { service: 'log-service', door: logService },
    { service: 'function-compute', door: functionCompute },
  ].filter(isChosen);
  const all = faultableServices({ products, logService, functionCompute, objectStorage });
  const faultable = all.filter(isChosen);
  world.faults.limitTo(faultable);

  return {
    credentials: world.identities.createAccessKey(accountId, given.credentials),
    world,
    directory,
    config,
    logService,
    messageService,
    eventBus,
    eventRules,
    access,
    functionCompute,
    objectStorage,
    resourceOrchestration,
    services: chosen,
    faultable,
    doors: [createRpcService(world, products), ...others.map(({ door }) => door)],
    async close() {
      await functionCompute.close();
      world.clock.stop();
    },
  };
}

/** While the sandbox was off its time went on as real time does; one that stands still, stood. */
function timeGoneOn({ clockMs, savedAtMs }: SavedSandbox, speed = 1): number {
  return speed === 0 ? clockMs : clockMs + Math.max(0, Date.now() - savedAtMs);
}
