import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { type Cloud, type CloudOptions, createCloud } from './cloud.ts';
import { type Deployment, deploy } from './deployment/deploy.ts';
import { fillIn, type Placeholders } from './deployment/placeholders.ts';
import { renderServerlessDevs } from './deployment/render-serverless-devs.ts';
import type { Seed } from './seed.ts';
import { type ClientConnection, startServer } from './server/server.ts';
import { createControlService } from './services/control/control-service.ts';
import type { TypedFaults } from './services/typed-faults.ts';
import { type SandboxState, sandboxState } from './state/state.ts';
import type { Journal } from './world/journal.ts';

export interface SandboxOptions extends CloudOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** The address to listen at. Default `127.0.0.1`; whoever reaches it drives the sandbox. */
  readonly host?: string;
  /** Stacks that are there from the start, in this order. */
  readonly stacks?: readonly NewStack[];
  /** Functions that are there from the start; what they need may be in `stacks`. */
  readonly serverless?: readonly ServerlessFile[];
  /**
   * Set in every function, over what its file sets, so that it finds the sandbox. Values may name
   * `{endpoint}`, `{host}`, `{region}` and `{accountId}`. Default: nothing.
   */
  readonly functionEnvironment?: Readonly<Record<string, string>>;
}

/** A template of Resource Orchestration Service. */
export interface NewStack {
  /** Path of the template, YAML or JSON. */
  readonly file: string;
  /** Default: the file's name without its ending. */
  readonly name?: string;
  /** Values may name what `functionEnvironment` may. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A file of Serverless Devs, with components `fc3`. */
export interface ServerlessFile {
  /** Path; paths in it start from its folder. */
  readonly file: string;
  /** What `${env('NAME')}` in it sees. Values may name what `functionEnvironment` may. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Set in every function, over what the file and `functionEnvironment` set. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What Serverless Devs has made of a file already. */
export interface RenderedServerless {
  readonly rendered: unknown;
  /** What paths in it start from. */
  readonly baseDir: string;
  readonly environment?: Readonly<Record<string, string>>;
}

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
  let cloud = createCloud(options, { onFreeze });
  const server = await startServer({
    world: cloud.world,
    services: [],
    port: options.port ?? 0,
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  const { endpoint } = server;
  function serve(served: Cloud): void {
    const control = createControlService({
      cloud: served,
      endpoint,
      seed: () => seed,
      reset: (next) => sandbox.reset(next),
    });
    server.serve({ world: served.world, services: [...served.doors, control] });
  }
  const { region } = cloud.world;
  const { managementAccountId: accountId } = cloud.directory;
  const { credentials } = cloud;
  const placeholders: Placeholders = {
    endpoint,
    host: new URL(endpoint).host,
    region,
    accountId,
  };

  /** Rendering takes seconds, and always comes to the same. */
  const rendered = new Map<ServerlessFile, Promise<RenderedServerless>>();
  function renderOnce(file: ServerlessFile): Promise<RenderedServerless> {
    const rendering = rendered.get(file) ?? renderedOf(file, placeholders);
    rendered.set(file, rendering);
    return rendering;
  }

  /** What there is from the start beside the seed. */
  async function furnish(): Promise<void> {
    for (const stack of options.stacks ?? []) await sandbox.createStack(stack);
    for (const file of options.serverless ?? []) {
      const { environment } = file;
      await sandbox.deploy({
        ...(await renderOnce(file)),
        ...(environment === undefined ? {} : { environment }),
      });
    }
  }

  async function reset(next: Seed): Promise<void> {
    const { folders: _f, members: _m, config: _c, ...rest } = options;
    const fresh = createCloud({ ...rest, ...next }, { onFreeze, credentials });
    const before = cloud;
    seed = next;
    cloud = fresh;
    serve(fresh);
    await before.close();
    await furnish();
  }

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
    get resourceOrchestration() {
      return cloud.resourceOrchestration;
    },
    get faults() {
      return cloud.world.faults;
    },
    get journal() {
      return cloud.world.journal;
    },
    seed: () => seed,
    state: () => sandboxState(cloud),
    reset(next) {
      // One after the other: two at once would leave what neither asked for.
      const done = resetting.then(() => reset(next ?? seed));
      resetting = done.catch(() => {});
      return done;
    },
    async deploy(serverless) {
      const { world, functionCompute, eventBus } = cloud;
      const { rendered: file, baseDir } = await renderedOf(serverless, placeholders);
      return deploy(file, {
        world,
        accountId,
        functionCompute,
        eventBus,
        baseDir,
        environment: fillIn(
          { ...options.functionEnvironment, ...serverless.environment },
          placeholders,
        ),
      });
    },
    async createStack({ file, name = basename(file, extname(file)), parameters = {} }) {
      const templateBody = await readFile(file, 'utf8');
      const { outputs } = cloud.resourceOrchestration.createStack({
        name,
        templateBody,
        parameters: fillIn(parameters, placeholders),
      });
      return Object.fromEntries(
        Object.entries(outputs).map(([key, value]) => [key, String(value)]),
      );
    },
    async settled() {
      await cloud.eventBus.idle();
      await cloud.functionCompute.idle();
    },
    close() {
      closing ??= resetting.then(async () => {
        await cloud.close();
        await server.close();
      });
      return closing;
    },
    [Symbol.asyncDispose]: () => sandbox.close(),
  };

  serve(cloud);
  try {
    await furnish();
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  return sandbox;
}

async function renderedOf(
  serverless: ServerlessFile | RenderedServerless,
  placeholders: Placeholders,
): Promise<RenderedServerless> {
  if ('rendered' in serverless) return serverless;
  const file = resolve(serverless.file);
  const env = fillIn(serverless.variables ?? {}, placeholders);
  return { rendered: await renderServerlessDevs({ file, env }), baseDir: dirname(file) };
}
