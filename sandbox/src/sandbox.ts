import { type Cloud, createCloud, DEFAULT_MANAGEMENT_ACCOUNT_ID } from './cloud.ts';
import type { Deployment } from './deployment/deploy.ts';
import { createDeployer } from './deployment/deployer.ts';
import { fillIn } from './deployment/placeholders.ts';
import type { NewStack, RenderedServerless, SandboxOptions, ServerlessFile } from './options.ts';
import { createPageDoor } from './page/page-files.ts';
import type { Seed } from './seed.ts';
import { answerCall } from './server/answer-call.ts';
import { keepAuthority, type TrustedCertificate } from './server/authority-keeper.ts';
import { proxyEnvironment } from './server/proxy-environment.ts';
import { type ClientConnection, startServer } from './server/server.ts';
import { createControlService } from './services/control/control-service.ts';
import { createHostDoor } from './services/host-door.ts';
import { createServiceHosts } from './services/hosts.ts';
import type { TypedFaults } from './services/typed-faults.ts';
import { keepState } from './state/keep-state.ts';
import { restoreCloud } from './state/save-cloud.ts';
import { createKeeper, rootKeyOf, type SavedSandbox } from './state/saved-sandbox.ts';
import { type SandboxState, sandboxState } from './state/state.ts';
import type { Journal } from './world/journal.ts';
import { DEFAULT_REGION } from './world/world.ts';

/**
 * Parts of Alibaba Cloud on loopback. Its services are those of the moment: after a `reset()` they
 * are others, so take them from here again.
 */
export interface Sandbox extends Readonly<Omit<Cloud, 'close' | 'doors' | 'faultable'>> {
  /** Of every service: `http://{host}:{port}`, with `127.0.0.1` for an address of all interfaces. */
  readonly endpoint: string;
  readonly region: string;
  readonly managementAccountId: string;
  readonly faults: TypedFaults;
  readonly journal: Journal;
  /**
   * What vouches for the sandbox where a client takes it for its proxy and asks for a host of the cloud
   * over TLS. Made when it is first asked for. Rejects for a `caFile` that can't be used.
   */
  certificateAuthority(): Promise<TrustedCertificate>;
  /**
   * The environment of a process whose SDKs then reach the sandbox by the cloud's own host names:
   * `HTTPS_PROXY` and its kin, and the file of `certificateAuthority()` by the names that clients read.
   */
  proxyEnvironment(): Promise<Readonly<Record<string, string>>>;
  /** What `reset()` goes back to. */
  seed(): Seed;
  /** What every service holds now, as plain data. */
  state(): Promise<SandboxState>;
  /**
   * Back to the seed, with its stacks and functions, on the same port and with the same root key: no
   * fault, no quota used, an empty journal. With a seed given, that is the seed from now on. Ends
   * what functions are running; calls under way are answered from what was there before. Rejects,
   * and changes nothing, for a seed that can't be.
   */
  reset(seed?: Seed): Promise<void>;
  /**
   * Creates what a file of Serverless Devs describes. Safe to repeat: what exists is replaced.
   * Rejects with a `DeploymentError` that has every problem of the file.
   */
  deploy(serverless: ServerlessFile | RenderedServerless): Promise<Deployment>;
  /**
   * Creates what a template describes, at once, and resolves to its outputs. Rejects with the
   * message of the resource that failed.
   */
  createStack(stack: NewStack): Promise<Readonly<Record<string, string>>>;
  /** Resolves when no event is on its way, and no function runs or waits for a retry. */
  settled(): Promise<void>;
  /** Ends it: its port, its processes. Safe to repeat. */
  close(): Promise<void>;
  /** `await using` closes it. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts it. Rejects when the port can't be had, or what it should start with can't be made. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const onFreeze = (connections: readonly ClientConnection[]) =>
    server.breakConnections(connections);
  const { folders, members, config } = options;
  let seed: Seed = {
    ...(folders === undefined ? {} : { folders }),
    ...(members === undefined ? {} : { members }),
    ...(config === undefined ? {} : { config }),
  };
  const keeper = options.persistDir === undefined ? undefined : createKeeper(options.persistDir);
  const saved = await keeper?.load({
    region: options.region ?? DEFAULT_REGION,
    managementAccountId: options.managementAccountId ?? DEFAULT_MANAGEMENT_ACCOUNT_ID,
  });
  // The port is not known before the server is up.
  const functionEnvironment = () => fillIn(options.functionEnvironment ?? {}, placeholders);
  let cloud = createCloud(options, {
    onFreeze,
    functionEnvironment,
    saved,
    credentials: saved && rootKeyOf(saved),
  });
  const authority = keepAuthority(options.caFile);
  const server = await startServer({
    world: cloud.world,
    services: [],
    openAuthority: authority.open,
    port: options.port ?? 0,
    ...(options.host === undefined ? {} : { host: options.host }),
  }).catch(async (error) => {
    await cloud.close();
    throw error;
  });
  const { endpoint } = server;
  const page = createPageDoor();
  const { region } = cloud.world;
  const { managementAccountId: accountId } = cloud.directory;
  const serviceAt = createServiceHosts({ region, accountId, services: cloud.services });
  function serve(served: Cloud): void {
    const { world, doors } = served;
    const hosts = createHostDoor({ doors, serviceAt, region });
    const control = createControlService({
      cloud: served,
      endpoint,
      call: (request) => answerCall(world, doors, request),
      seed: () => seed,
      reset: (next) => sandbox.reset(next),
    });
    server.serve({ world, services: [hosts, ...doors, page, control] });
  }
  const { credentials } = cloud;
  const placeholders = { endpoint, host: new URL(endpoint).host, region, accountId };
  const deployer = createDeployer(options, placeholders);

  async function reset(next: Seed): Promise<void> {
    const { folders: _f, members: _m, config: _c, ...rest } = options;
    const fresh = createCloud({ ...rest, ...next }, { onFreeze, functionEnvironment, credentials });
    try {
      await deployer.furnish(fresh);
    } catch (error) {
      await fresh.close();
      throw error;
    }
    const before = cloud;
    seed = next;
    cloud = fresh;
    serve(fresh);
    await before.close();
    await keeping?.saveNow();
  }

  let keeping: ReturnType<typeof keepState> | undefined;
  let resetting: Promise<void> = Promise.resolve();
  let closing: Promise<void> | undefined;

  const sandbox: Sandbox = {
    endpoint,
    region,
    managementAccountId: accountId,
    credentials,
    services: cloud.services,
    get world() {
      return cloud.world;
    },
    get directory() {
      return cloud.directory;
    },
    get config() {
      return cloud.config;
    },
    get logService() {
      return cloud.logService;
    },
    get messageService() {
      return cloud.messageService;
    },
    get eventBus() {
      return cloud.eventBus;
    },
    get eventRules() {
      return cloud.eventRules;
    },
    get access() {
      return cloud.access;
    },
    get functionCompute() {
      return cloud.functionCompute;
    },
    get objectStorage() {
      return cloud.objectStorage;
    },
    get resourceOrchestration() {
      return cloud.resourceOrchestration;
    },
    get faults() {
      return cloud.world.faults;
    },
    get journal() {
      return cloud.world.journal;
    },
    certificateAuthority: authority.trusted,
    proxyEnvironment: async () => proxyEnvironment(endpoint, (await authority.trusted()).file),
    seed: () => seed,
    state: () => sandboxState(cloud),
    reset(next) {
      // One after the other: two at once would leave what neither asked for.
      const done = resetting.then(() => reset(next ?? seed));
      resetting = done.catch(() => {});
      return done;
    },
    deploy: (serverless) => deployer.deploy(cloud, serverless),
    createStack: (stack) => deployer.createStack(cloud, stack),
    async settled() {
      await cloud.eventBus.idle();
      await cloud.functionCompute.idle();
    },
    close() {
      closing ??= resetting.then(async () => {
        try {
          // One that did not come up has nothing to keep.
          await keeping?.stop();
        } finally {
          await cloud.close();
          await server.close();
          await authority.close();
        }
      });
      return closing;
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };

  try {
    // A placeholder that there is none of is said now, not by the first function that starts.
    functionEnvironment();
    if (saved !== undefined) await restoreFrom(cloud, saved, options.persistDir);
    await deployer.furnish(cloud);
    keeping = keeper && keepState(keeper, () => cloud);
    await keeping?.saveNow();
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  serve(cloud);
  return sandbox;
}

async function restoreFrom(cloud: Cloud, saved: SavedSandbox, folder = ''): Promise<void> {
  try {
    await restoreCloud(cloud, saved);
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`What ${folder} has kept can't be gone on from: ${reason}`, { cause: error });
  }
}
