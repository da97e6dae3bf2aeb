import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { type Cloud, type CloudOptions, createCloud } from './cloud.ts';
import { type Deployment, deploy } from './deployment/deploy.ts';
import { fillIn, type Placeholders } from './deployment/placeholders.ts';
import { renderServerlessDevs } from './deployment/render-serverless-devs.ts';
import { startServer } from './server/server.ts';
import { createControlService } from './services/control/control-service.ts';
import type { Faults } from './world/faults.ts';
import type { Credentials } from './world/identities.ts';
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

/** Parts of Alibaba Cloud on loopback. */
export interface Sandbox extends Omit<Cloud, 'doors' | 'close'> {
  /** Of every service: `http://{host}:{port}`, with `127.0.0.1` for an address of all interfaces. */
  readonly endpoint: string;
  readonly region: string;
  readonly managementAccountId: string;
  /** Of the management account's root user. */
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly journal: Journal;
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
}

/** Starts it. Rejects when the port can't be had, or what it should start with can't be made. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const cloud = createCloud(options, (connections) => server.breakConnections(connections));
  const { world, eventBus, functionCompute, resourceOrchestration } = cloud;
  const server = await startServer({
    world,
    port: options.port ?? 0,
    services: [...cloud.doors, createControlService({ world, eventBus })],
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  const { region } = world;
  const { managementAccountId: accountId } = cloud.directory;
  const { endpoint } = server;
  const placeholders: Placeholders = {
    endpoint,
    host: new URL(endpoint).host,
    region,
    accountId,
  };

  const { doors: _, close: closeCloud, ...parts } = cloud;
  const sandbox: Sandbox = {
    ...parts,
    endpoint,
    region,
    managementAccountId: accountId,
    credentials: world.identities.createAccessKey(accountId),
    faults: world.faults,
    journal: world.journal,
    async deploy(serverless) {
      const { rendered, baseDir } = await renderedOf(serverless, placeholders);
      return deploy(rendered, {
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
      const { outputs } = resourceOrchestration.createStack({
        name,
        templateBody: await readFile(file, 'utf8'),
        parameters: fillIn(parameters, placeholders),
      });
      return Object.fromEntries(
        Object.entries(outputs).map(([key, value]) => [key, String(value)]),
      );
    },
    async settled() {
      await eventBus.idle();
      await functionCompute.idle();
    },
    async close() {
      await closeCloud();
      await server.close();
    },
  };

  try {
    for (const stack of options.stacks ?? []) await sandbox.createStack(stack);
    for (const file of options.serverless ?? []) await sandbox.deploy(file);
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
