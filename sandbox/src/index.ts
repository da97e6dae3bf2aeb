import { readFile } from 'node:fs/promises';
import { type Deployment, deploy } from './deployment/deploy.ts';
import { createRpcService } from './protocols/rpc/rpc-service.ts';
import { startServer } from './server/server.ts';
import { createConfigService } from './services/config/config-service.ts';
import {
  type ConfigOptions,
  type ConfigState,
  createConfigState,
} from './services/config/config-state.ts';
import { createControlService } from './services/control/control-service.ts';
import { faultableServices } from './services/control/faultable-services.ts';
import { createEventBus, type EventBus } from './services/event-bridge/event-bus.ts';
import { reachesBusOf } from './services/event-bridge/reaches-bus.ts';
import { recordedCallToEvent } from './services/event-bridge/recorded-call-event.ts';
import {
  createFunctionCompute,
  type FunctionCompute,
  type FunctionComputeOptions,
} from './services/function-compute/function-compute.ts';
import { createLogService, type LogService } from './services/log-service/index.ts';
import {
  createMessageService,
  type MessageService,
} from './services/message-service/message-service.ts';
import { createDirectory, type Directory } from './services/resource-manager/directory.ts';
import {
  createResourceManagerService,
  RECORDED_CALLS,
} from './services/resource-manager/resource-manager-service.ts';
import {
  createResourceOrchestration,
  type ResourceOrchestration,
} from './services/resource-orchestration/resource-orchestration.ts';
import type { Faults } from './world/faults.ts';
import type { Credentials } from './world/identities.ts';
import type { Journal } from './world/journal.ts';
import { createWorld, type World } from './world/world.ts';

export interface SandboxOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** How many times faster than real time recorders are built. Default 1. */
  readonly speed?: number;
  /** Default `cn-hangzhou`. */
  readonly region?: string;
  /** Default `1000000000000001`. */
  readonly managementAccountId?: string;
  /** Members that there are from the start. Default 0. */
  readonly members?: number;
  readonly config?: ConfigOptions;
  /**
   * From its arrival until a log can be read, exactly; new logstores and indexes then work at once.
   * Default: as in the cloud, about 3 s, and up to a minute for those.
   */
  readonly logsVisibleAfterMs?: number;
  /**
   * Whether the management account's bus gets the event of an invited account that accepts, which is
   * that account's own call. Nobody has seen it there. Default false.
   */
  readonly handshakeEventsReachManagement?: boolean;
  readonly asyncRetryDelayMs?: FunctionComputeOptions['asyncRetryDelayMs'];
  readonly instanceIdleMs?: FunctionComputeOptions['instanceIdleMs'];
}

const STACK_NAME = 'account-onboarding';

/** Alibaba Cloud on loopback, as far as account onboarding talks to it. */
export interface Sandbox {
  /** Of every service: `http://127.0.0.1:{port}`. */
  readonly endpoint: string;
  readonly region: string;
  readonly managementAccountId: string;
  /** Of the management account's root user. */
  readonly credentials: Credentials;
  readonly world: World;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly directory: Directory;
  readonly config: ConfigState;
  readonly logService: LogService;
  readonly messageService: MessageService;
  readonly eventBus: EventBus;
  readonly functionCompute: FunctionCompute;
  /** Creates what a rendered `s.yaml` describes; its functions are told where the sandbox is. */
  deploy(rendered: unknown, options: DeployOptions): Promise<Deployment>;
  readonly resourceOrchestration: ResourceOrchestration;
  /**
   * Creates what a template describes, at once, and resolves to its outputs. Rejects with the
   * message of the resource that failed.
   */
  createStack(
    file: string,
    parameters?: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, string>>>;
  /** Resolves when no event is on its way, and no function runs or waits for a retry. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export interface DeployOptions {
  /** The folder of `s.yaml`. */
  readonly baseDir: string;
  /** Set in every function, over what the file sets. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts it. Rejects when the port can't be had. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = createWorld({
    ...(options.speed === undefined ? {} : { speed: options.speed }),
    ...(options.region === undefined ? {} : { region: options.region }),
  });
  const { region } = world;
  const managementAccountId = options.managementAccountId ?? '1000000000000001';
  const directory = createDirectory({
    world,
    managementAccountId,
    members: options.members ?? 0,
  });
  const config = createConfigState({ world, directory, options: options.config ?? {} });
  const logService = createLogService({
    world,
    accountId: managementAccountId,
    ...(options.logsVisibleAfterMs === undefined
      ? {}
      : { visibleAfterMs: options.logsVisibleAfterMs }),
  });
  const messageService = createMessageService({ world });
  const eventBus = createEventBus({
    world,
    accountId: managementAccountId,
    region,
    messageService,
    eventNames: RECORDED_CALLS,
  });
  const functionCompute = createFunctionCompute({
    world,
    accountId: managementAccountId,
    messageService,
    logService,
    onFreeze: (connections) => server.breakConnections(connections),
    ...(options.asyncRetryDelayMs === undefined
      ? {}
      : { asyncRetryDelayMs: options.asyncRetryDelayMs }),
    ...(options.instanceIdleMs === undefined ? {} : { instanceIdleMs: options.instanceIdleMs }),
  });
  const resourceOrchestration = createResourceOrchestration({
    world,
    accountId: managementAccountId,
    logService,
    messageService,
  });
  directory.onCall((call) => {
    const { handshakeEventsReachManagement = false } = options;
    if (!reachesBusOf(managementAccountId, call, { handshakeEventsReachManagement })) return;
    eventBus.publish(recordedCallToEvent(call, { accountId: managementAccountId, region }));
  });
  const products = [
    createConfigService(config),
    createResourceManagerService(directory),
    resourceOrchestration.product,
  ];
  world.faults.limitTo(faultableServices({ products, logService, functionCompute }));

  const server = await startServer({
    world,
    port: options.port ?? 0,
    services: [
      createRpcService(world, products),
      logService,
      functionCompute,
      createControlService({ world, eventBus }),
    ],
  });
  const endpoints = {
    CONFIG_ENDPOINT: server.endpoint,
    LOG_ENDPOINT: server.endpoint,
    RESOURCE_MANAGER_ENDPOINT: server.endpoint,
  };

  return {
    endpoint: server.endpoint,
    region,
    managementAccountId,
    credentials: world.identities.createAccessKey(managementAccountId),
    world,
    faults: world.faults,
    journal: world.journal,
    directory,
    config,
    logService,
    messageService,
    eventBus,
    functionCompute,
    resourceOrchestration,
    deploy: (rendered, { baseDir, environment }) =>
      deploy(rendered, {
        world,
        accountId: managementAccountId,
        functionCompute,
        eventBus,
        baseDir,
        environment: { ...endpoints, ...environment },
      }),
    async createStack(file, parameters = {}) {
      const templateBody = await readFile(file, 'utf8');
      const { outputs } = resourceOrchestration.createStack({
        name: STACK_NAME,
        templateBody,
        parameters,
      });
      return Object.fromEntries(
        Object.entries(outputs).map(([name, value]) => [name, String(value)]),
      );
    },
    async settled() {
      await eventBus.idle();
      await functionCompute.idle();
    },
    async close() {
      await functionCompute.close();
      await server.close();
      world.clock.stop();
    },
  };
}
