/** What a stranger gets: packed, installed into an empty folder, started, imported, compiled. */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createSandbox } from '../index.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sandbox-package-'));
const tarballs = join(folder, 'tarballs');
const project = join(folder, 'project');
const run = promisify(execFile);
const README = readFileSync(join(PACKAGE, 'README.md'), 'utf8');

// Each starts processes of its own.
vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  mkdirSync(tarballs);
  mkdirSync(project);
  await run('npm', ['run', 'build'], { cwd: PACKAGE });
  const packages = [PACKAGE, ...dependenciesOf(PACKAGE)];
  // Packed from what is installed here, so that the test needs no registry.
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', tarballs, ...packages]);
  writeFileSync(join(project, 'package.json'), '{"type":"module","private":true}');
  const files = readdirSync(tarballs).map((name) => join(tarballs, name));
  const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run('npm', [...install, ...files], { cwd: project });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Folders of all that a package needs when it runs, its dependencies' own too. */
function dependenciesOf(path: string, found = new Set<string>()): ReadonlySet<string> {
  const { dependencies = {} } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const places = createRequire(join(path, 'index.js')).resolve.paths(name) ?? [];
    const place = places.map((each) => join(each, name)).find(isPackage);
    if (place === undefined) throw new Error(`${name}, which ${path} needs, is not installed.`);
    if (found.has(place)) continue;
    found.add(place);
    dependenciesOf(place, found);
  }
  return found;
}

function isPackage(path: string): boolean {
  try {
    return readdirSync(path).includes('package.json');
  } catch {
    return false;
  }
}

test('holds what runs, and neither sources nor tests', async () => {
  const installed = join(project, 'node_modules/alibaba-cloud-sandbox');
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts']),
  );
  expect(files.filter((path) => /\.test\.|testing|(?<!\.d)\.ts$/.test(path))).toEqual([]);
});

test('the command starts it, says where it is, and stops on a signal', async () => {
  const [, seed = ''] = /```yaml\n([\s\S]*?)```/.exec(README) ?? [];
  writeFileSync(join(project, 'seed.yaml'), seed);
  const options = ['--port', '0', '--seed', 'seed.yaml', '--write-env', 'sandbox.env'];
  const child = spawn('npx', ['--no-install', 'alibaba-cloud-sandbox', ...options], {
    cwd: project,
    detached: true,
  });
  const kill = (signal: NodeJS.Signals) => process.kill(-Number(child.pid), signal);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  onTestFinished(() => {
    if (child.exitCode === null) kill('SIGKILL');
  });
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes('REGION_ID=')) break;
  }
  const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
  const answer = await fetch(`${endpoint}/sandbox/state/resource-manager`);
  expect(await answer.json()).toMatchObject({
    accounts: [{ displayName: 'shop', accountId: '1000000000000042' }, { displayName: 'lab' }],
  });
  const env = readFileSync(join(project, 'sandbox.env'), 'utf8');
  expect(env).toContain(`export SANDBOX_ENDPOINT=${endpoint}\n`);
  kill('SIGTERM');
  await ended;
  await expect(fetch(`${endpoint}/sandbox/health`)).rejects.toThrow();
});

test('a program imports it, and functions run in it', async () => {
  mkdirSync(join(project, 'code'));
  writeFileSync(join(project, 'code/index.js'), 'export const handler = async () => "hello";');
  writeFileSync(join(project, 'code/package.json'), '{"type":"module"}');
  const program = `
    import { createSandbox } from 'alibaba-cloud-sandbox';
    const sandbox = await createSandbox();
    sandbox.functionCompute.createFunction({
      name: 'greet', codeDir: 'code', handler: 'index.handler', runtime: 'nodejs20',
      timeoutSeconds: 10, memorySizeMb: 128, environment: {},
    });
    const { invocation } = await sandbox.functionCompute.invoke('greet', '');
    console.log(invocation.status, invocation.result.toString());
    await sandbox.close();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: project,
  });
  expect(stdout).toBe('succeeded hello\n');
});

test('its preload sends what is meant for the cloud to the sandbox, and says when it can’t', async () => {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  const program = `
    import { get } from 'node:https';
    get('https://sts.aliyuncs.com', (response) => response.pipe(process.stdout));`;
  const args = ['--import', 'alibaba-cloud-sandbox/proxy', '--input-type=module', '-e', program];
  const { PATH } = process.env;
  const env = { PATH, ...(await sandbox.proxyEnvironment()) };
  const { stdout } = await run(process.execPath, args, { cwd: project, env });
  expect(stdout).toContain('No service of the sandbox is at sts.aliyuncs.com');
  await expect(run(process.execPath, args, { cwd: project, env: { PATH } })).rejects.toThrow(
    'HTTPS_PROXY is not set',
  );
});

test('the example of the README passes, and fails when it is wrong', async () => {
  const [, example = ''] = /```js\n(import assert [\s\S]*?)```/.exec(README) ?? [];
  writeFileSync(join(project, 'example.test.js'), example);
  writeFileSync(join(project, 'wrong.test.js'), example.replace('length, 4)', 'length, 5)'));
  const passed = await run(process.execPath, ['--test', 'example.test.js'], { cwd: project });
  expect(passed.stdout).toMatch(/pass 1\n[\s\S]*fail 0\n/);
  const wrong = run(process.execPath, ['--test', 'wrong.test.js'], { cwd: project });
  await expect(wrong).rejects.toMatchObject({ stdout: expect.stringContaining('fail 1') });
});

test('the compiler finds its types', async () => {
  writeFileSync(
    join(project, 'typed.ts'),
    `import { createSandbox } from 'alibaba-cloud-sandbox';
     const sandbox = await createSandbox({ members: 1 });
     export const wrong: number = sandbox.endpoint;`,
  );
  const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
  const compiler = [join(typescript, 'bin/tsc'), '--noEmit', '--strict'];
  const types = join(
    dirname(createRequire(import.meta.url).resolve('@types/node/package.json')),
    '..',
  );
  const options = [
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--typeRoots',
    types,
    '--types',
    'node',
  ];
  const compiled = run(process.execPath, [...compiler, ...options, 'typed.ts'], { cwd: project });
  await expect(compiled).rejects.toMatchObject({
    stdout: expect.stringMatching(/^typed\.ts\(3,19\): error TS2322: [^\n]*\n?$/),
  });
});
