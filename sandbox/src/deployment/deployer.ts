import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import type { Cloud } from '../cloud.ts';
import type { NewStack, RenderedServerless, SandboxOptions, ServerlessFile } from '../options.ts';
import { type Deployment, deploy } from './deploy.ts';
import { fillIn, type Placeholders } from './placeholders.ts';
import { renderServerlessDevs } from './render-serverless-devs.ts';

/** Puts stacks and functions into a cloud. */
export interface Deployer {
  /** At once; resolves to the outputs. */
  createStack(cloud: Cloud, stack: NewStack): Promise<Readonly<Record<string, string>>>;
  deploy(cloud: Cloud, serverless: ServerlessFile | RenderedServerless): Promise<Deployment>;
  /** What the options say that there is from the start; a stack that is there already stays. */
  furnish(cloud: Cloud): Promise<void>;
}

export function createDeployer(options: SandboxOptions, placeholders: Placeholders): Deployer {
  /** Rendering takes seconds, and always comes to the same. */
  const rendered = new Map<ServerlessFile, Promise<RenderedServerless>>();

  async function createStack(cloud: Cloud, stack: NewStack) {
    const given = {
      name: nameOf(stack),
      templateBody: await readFile(stack.file, 'utf8'),
      parameters: fillIn(stack.parameters ?? {}, placeholders),
    };
    // Nobody waits for a logstore that was there from the start.
    const { outputs } = cloud.logService.atOnce(() =>
      cloud.resourceOrchestration.createStack(given),
    );
    return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, String(value)]));
  }

  async function deployTo(cloud: Cloud, serverless: ServerlessFile | RenderedServerless) {
    const { rendered: file, baseDir } =
      'rendered' in serverless ? serverless : await render(serverless);
    const { world, directory, functionCompute } = cloud;
    return deploy(file, {
      world,
      accountId: directory.managementAccountId,
      functionCompute,
      baseDir,
      environment: fillIn(serverless.environment ?? {}, placeholders),
    });
  }

  async function render(serverless: ServerlessFile): Promise<RenderedServerless> {
    const file = resolve(serverless.file);
    const env = fillIn(serverless.variables ?? {}, placeholders);
    return { rendered: await renderServerlessDevs({ file, env }), baseDir: dirname(file) };
  }

  function renderOnce(serverless: ServerlessFile): Promise<RenderedServerless> {
    const rendering = rendered.get(serverless) ?? render(serverless);
    rendered.set(serverless, rendering);
    return rendering;
  }

  return {
    createStack,
    deploy: deployTo,
    async furnish(cloud) {
      for (const stack of options.stacks ?? []) {
        const isThere = cloud.resourceOrchestration
          .stacks()
          .some(({ name, status }) => name === nameOf(stack) && status !== 'DELETE_COMPLETE');
        if (!isThere) await createStack(cloud, stack);
      }
      for (const file of options.serverless ?? []) {
        const { environment = {} } = file;
        await deployTo(cloud, { ...(await renderOnce(file)), environment });
      }
    },
  };
}

function nameOf({ file, name = basename(file, extname(file)) }: NewStack): string {
  return name;
}
