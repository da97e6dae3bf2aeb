/** A sandbox in which nothing was ever done, and what npm run deploy does, in this process. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { en } from '../../../cli/texts/en.ts';
import { renderServerlessDevs } from '../../../sandbox/src/deployment/render-serverless-devs.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/src/index.ts';
import type { Credentials } from '../../../sandbox/src/world/identities.ts';
import { composeDeployPorts } from '../../../scripts/deploy/compose.ts';
import { deployAll } from '../../../scripts/deploy/deploy-all.ts';
import { ENDPOINTS } from '../../../scripts/deploy/endpoints.ts';
import type { DeployFunctions, DeployPorts } from '../../../scripts/deploy/ports.ts';
import { removeAll } from '../../../scripts/deploy/remove-all.ts';
import { FUNCTION_ENVIRONMENT, PROJECT_ROOT } from '../../../scripts/deploy-to-sandbox.ts';
import { createFakeOutput } from '../cli/output.ts';
import { componentOperations, type RenderedFile, zipFolder } from './component-operations.ts';

/** Waits of a hundredth of the defaults, in the functions and in the command. */
const HURRIED = {
  RETRY_BASE_SECONDS: '0.01',
  RETRY_CAP_SECONDS: '0.1',
  POLL_BASE_SECONDS: '0.02',
  POLL_CAP_SECONDS: '0.1',
};

/** What a command came to. */
export interface Done {
  readonly code: number;
  /** Standard output and standard error. */
  readonly text: string;
}

export interface DeployWorldOptions extends SandboxOptions {
  /** `built` for functions that are to run. Default: a line, which is quick to pack and to compare. */
  readonly code?: 'built' | 'line';
}

/** Its clock moves when a deployment waits, and when the test says so. */
export async function startDeployWorld({ code = 'line', ...options }: DeployWorldOptions = {}) {
  const buildFolder = code === 'built' ? PROJECT_ROOT : folderOfLines();
  const sandbox = await createSandbox({
    speed: 0,
    logsVisibleAfterMs: 0,
    serviceLinkedRoles: [],
    functionEnvironment: { ...FUNCTION_ENVIRONMENT, ...HURRIED },
    ...options,
    config: { organization: 'not-activated', ...options.config },
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await sandbox.close();
  });
  const clock = {
    now: () => sandbox.world.clock.now(),
    sleep: async (durationMs: number) => sandbox.world.clock.advance(durationMs),
  };

  async function run(
    what: (ports: DeployPorts) => Promise<number>,
    credentials: Credentials = sandbox.credentials,
    isWanted = true,
  ): Promise<Done> {
    stubEnvironment(sandbox, credentials);
    const { output, stdout, stderr } = createFakeOutput();
    const ports = composeDeployPorts({
      output,
      texts: en,
      interrupted: new AbortController().signal,
      clock,
      buildFolder,
      build: async () => 0,
      functions: functionsThroughSdk(sandbox, credentials, buildFolder, output.note),
      isWanted: async () => isWanted,
    });
    const code = await what(ports);
    return { code, text: `${stdout()}\n${stderr()}` };
  }

  return {
    sandbox,
    clock,
    deploy: (credentials?: Credentials) =>
      run((ports) => deployAll(ports, { isDryRun: false }), credentials),
    planOnly: (credentials?: Credentials) =>
      run((ports) => deployAll(ports, { isDryRun: true }), credentials),
    decline: () => run((ports) => deployAll(ports, { isDryRun: false }), undefined, false),
    remove: (credentials?: Credentials) => run(removeAll, credentials),
    onboard: (...args: readonly string[]) => run(({ onboard }) => onboard(...args)),
    onboardAs: (credentials: Credentials, ...args: readonly string[]) =>
      run(({ onboard }) => onboard(...args), credentials),
  };
}

/** Where a build would have put the functions. */
function folderOfLines(): string {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-world-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['backfill', 'onboard-account']) {
    const dist = join(folder, 'dist', name);
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, 'index.js'), 'exports.handler = async () => ({});\n');
  }
  return folder;
}

export type DeployWorld = Awaited<ReturnType<typeof startDeployWorld>>;

function stubEnvironment(sandbox: Sandbox, credentials: Credentials): void {
  const { accessKeyId, accessKeySecret } = credentials;
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('ALIBABA_CLOUD_ACCESS_KEY_SECRET', accessKeySecret);
  for (const name of ENDPOINTS) vi.stubEnv(name, sandbox.endpoint);
  for (const [name, value] of Object.entries(HURRIED)) vi.stubEnv(name, value);
}

/** In the place of Serverless Devs, whose component is on no registry of packages. */
function functionsThroughSdk(
  sandbox: Sandbox,
  credentials: Credentials,
  buildFolder: string,
  say: (text: string) => void,
): DeployFunctions {
  const { region, endpoint, managementAccountId } = sandbox;
  const at = { region, endpoint, accountId: managementAccountId };
  const operations = componentOperations(at, credentials);
  const toExitCode = (work: Promise<void>) =>
    work.then(
      () => 0,
      (error: unknown) => {
        say(String(error));
        return 101;
      },
    );
  return {
    preview: async () => 0,
    deploy: async (accountId) =>
      toExitCode(
        operations.deploy(await render(accountId), (folder) =>
          zipFolder(join(buildFolder, folder)),
        ),
      ),
    remove: async (accountId) =>
      toExitCode(operations.remove(await render(accountId), (refusal) => say(refusal.message))),
  };
}

const rendered = new Map<string, Promise<RenderedFile>>();

/** s.yaml with this process's settings. It takes a second, so each is rendered once. */
function render(accountId: string): Promise<RenderedFile> {
  const { OVERDUE_AFTER_SECONDS = '' } = process.env;
  const env = { MANAGEMENT_ACCOUNT_ID: accountId, OVERDUE_AFTER_SECONDS };
  const key = JSON.stringify(env);
  const made =
    rendered.get(key) ??
    (renderServerlessDevs({ file: join(PROJECT_ROOT, 's.yaml'), env }) as Promise<RenderedFile>);
  rendered.set(key, made);
  return made;
}
