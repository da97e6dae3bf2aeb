import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSandbox, type SandboxOptions } from './index.ts';
import { createDirectoryUser } from './testing/directory-user.ts';

async function start(options: SandboxOptions = {}) {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A folder with these files, until the test ends. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const STACK = `
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Where: { Type: String }
Resources:
  Role:
    Type: ALIYUN::RAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument:
        Version: '1'
        Statement:
          - { Action: 'sts:AssumeRole', Effect: Allow, Principal: { Service: [fc.aliyuncs.com] } }
Outputs:
  Role: { Value: { 'Fn::GetAtt': [Role, Arn] } }
  Where: { Value: { Ref: Where } }
  Stack: { Value: { Ref: ALIYUN::StackName } }
`;
const SERVERLESS = `
edition: 3.0.0
name: sample
access: default
resources:
  worker:
    component: fc3
    props:
      region: cn-hangzhou
      functionName: worker
      runtime: nodejs20
      handler: index.handler
      code: ./code
      role: acs:ram::\${env('ACCOUNT')}:role/worker
      environmentVariables: { COLOUR: red }
`;
const CODE = 'exports.handler = async () => JSON.stringify(process.env);';

describe('what it starts with', () => {
  test('nothing, by default', async () => {
    const sandbox = await start();
    expect(sandbox.directory.accounts()).toEqual([]);
    expect(sandbox.resourceOrchestration.stacks()).toEqual([]);
    expect(sandbox.functionCompute.functionNames()).toEqual([]);
    expect(sandbox.config.organizationStatus()).toBe('REGISTRABLE');
  });

  test('folders and members', async () => {
    const { directory } = await start({
      folders: ['Production/Web', 'Sandbox'],
      members: [
        { displayName: 'shop', folder: 'Production/Web', joinedAt: '2026-01-02T03:04:05Z' },
        { displayName: 'guest', joinMethod: 'invited', accountId: '1000000000000042' },
        { displayName: 'lab', folder: 'Lab' },
      ],
    });
    const paths = directory
      .accounts()
      .map(({ displayName, folderId }) => [displayName, directory.folder(folderId)?.name]);
    expect(paths).toEqual([
      ['shop', 'Web'],
      ['guest', 'root'],
      ['lab', 'Lab'],
    ]);
    expect(directory.subfolders(directory.rootFolderId).map(({ name }) => name)).toEqual([
      'Production',
      'Sandbox',
      'Lab',
    ]);
    expect(directory.accounts()[0]?.joinedAtMs).toBe(Date.parse('2026-01-02T03:04:05Z'));
    expect(directory.account('1000000000000042')?.status).toBe('InviteSuccess');
  });

  test.each([
    [{ members: [{ displayName: 'x', joinedAt: 'soon' }] }, 'joinedAt of x'],
    [{ members: [{ displayName: 'x', accountId: '7' }] }, '16 digits'],
    [{ folders: ['a//b'] }, "between slashes: 'a//b'"],
  ])('%j is refused', async (seed, message) => {
    await expect(createSandbox(seed)).rejects.toThrow(message);
  });

  test('stacks and functions, which are told where it is', async () => {
    const folder = folderWith({
      'base.yaml': STACK,
      's.yaml': SERVERLESS,
      'code/index.js': CODE,
    });
    const sandbox = await start({
      stacks: [{ file: join(folder, 'base.yaml'), parameters: { Where: '{region}/{accountId}' } }],
      serverless: [{ file: join(folder, 's.yaml'), variables: { ACCOUNT: '{accountId}' } }],
      functionEnvironment: { API: '{endpoint}/', COLOUR: 'blue' },
    });
    expect(sandbox.resourceOrchestration.stacks()).toMatchObject([
      {
        name: 'base',
        status: 'CREATE_COMPLETE',
        outputs: { Where: 'cn-hangzhou/1000000000000001', Stack: 'base' },
      },
    ]);
    const { invocation } = await sandbox.functionCompute.invoke('worker', '');
    expect(JSON.parse(String(invocation?.result))).toMatchObject({
      API: `${sandbox.endpoint}/`,
      COLOUR: 'blue',
    });
  });

  test('a placeholder that there is none of is said, and nothing is left running', async () => {
    const folder = folderWith({ 'base.yaml': STACK });
    const stack = { file: join(folder, 'base.yaml'), parameters: { Where: '{endpont}' } };
    const before = await createSandbox();
    await before.close();
    const port = Number(new URL(before.endpoint).port);
    await expect(createSandbox({ port, stacks: [stack] })).rejects.toThrow(
      'There is no {endpont}, which Where names. Known: {endpoint}, {host}, {region}, {accountId}',
    );
    await expect(fetch(before.endpoint)).rejects.toThrow();
  });
});

describe('services that are chosen', () => {
  test('answer, and no other', async () => {
    const sandbox = await start({ services: ['config'], members: 1 });
    await expect(createDirectoryUser(sandbox).createAccount('x')).rejects.toMatchObject({
      code: 'SandboxUnknownProtocol',
    });
    const signed = { headers: { 'x-log-apiversion': '0.6.0' } };
    expect((await fetch(sandbox.endpoint, signed)).status).toBe(404);
    const fault = { effect: { kind: 'reset' }, when: { always: true } } as const;
    expect(() => sandbox.faults.add({ ...fault, service: 'log-service', operation: '*' })).toThrow(
      "There is no service 'log-service'. Known: config",
    );
    sandbox.faults.add({ ...fault, service: 'config', operation: '*' });
  });

  test('without event-bridge no event is on the bus', async () => {
    const sandbox = await start({ services: ['resource-manager'] });
    const rule = { name: 'all', pattern: { data: { eventName: [{ exists: true }] } } };
    sandbox.eventBus.addRule({ ...rule, targets: [{ push: () => {} }] });
    await createDirectoryUser(sandbox).createAccount('shop');
    await sandbox.settled();
    expect(sandbox.eventBus.deliveries()).toEqual([]);
  });
});

describe('reset', () => {
  test('back to the seed, on the same port, with the same key', async () => {
    const sandbox = await start({ members: 2, folders: ['Apps'], speed: 0 });
    const { endpoint, credentials } = sandbox;
    const user = createDirectoryUser(sandbox);
    const before = await sandbox.state();
    await user.createAccount('shop');
    sandbox.directory.createFolder('more');
    sandbox.logService.createProject('audit');
    sandbox.config.startEnterpriseMode();
    sandbox.faults.add({
      service: 'config',
      operation: '*',
      effect: { kind: 'reset' },
      when: { always: true },
    });
    sandbox.world.quotas.setEnabled(false);
    sandbox.messageService.createQueue('failed');
    const member = sandbox.world.identities.createAccessKey('1000000000000042');

    await sandbox.reset();
    expect([sandbox.endpoint, sandbox.credentials]).toEqual([endpoint, credentials]);
    expect(sandbox.faults.list()).toEqual([]);
    expect(sandbox.journal.entries()).toEqual([]);
    expect(sandbox.world.quotas.enabled).toBe(true);
    expect(sandbox.world.identities.find(member.accessKeyId, undefined).kind).toBe('unknown-key');
    expect(withoutTimes(await sandbox.state())).toEqual(withoutTimes(before));
    // The client of before, with its connections, finds what is there now.
    await user.createAccount('shop');
    expect(sandbox.directory.accounts()).toHaveLength(3);
    expect(sandbox.journal.count('resource-manager', 'CreateResourceAccount')).toBe(1);
  });

  test('another seed holds from then on; one that can not be changes nothing', async () => {
    const sandbox = await start({ members: 1 });
    await sandbox.reset({ members: [{ displayName: 'lab', recorder: 'REGISTERED' }] });
    const { directory, config } = sandbox;
    expect(directory.accounts()).toMatchObject([{ displayName: 'lab' }]);
    expect(config.recorderStatus(directory.accounts()[0]?.accountId ?? '')).toBe('REGISTERED');
    await expect(sandbox.reset({ folders: ['/'] })).rejects.toThrow('between slashes');
    expect(sandbox.directory).toBe(directory);
    await sandbox.reset();
    expect(sandbox.directory.accounts()).toMatchObject([{ displayName: 'lab' }]);
    expect(sandbox.seed()).toEqual({ members: [{ displayName: 'lab', recorder: 'REGISTERED' }] });
  });

  test('stacks and functions are there again, and what ran is ended', async () => {
    const folder = folderWith({
      'base.yaml': STACK,
      's.yaml': SERVERLESS,
      'code/index.js': 'exports.handler = () => new Promise((done) => setTimeout(done, 60_000));',
    });
    const sandbox = await start({
      stacks: [{ file: join(folder, 'base.yaml'), parameters: { Where: 'here' } }],
      serverless: [{ file: join(folder, 's.yaml'), variables: { ACCOUNT: '{accountId}' } }],
    });
    const running = sandbox.functionCompute.invoke('worker', '');
    writeFileSync(join(folder, 'code/index.js'), CODE);
    await sandbox.reset();
    expect((await running).invocation?.status).not.toBe('succeeded');
    const { invocation } = await sandbox.functionCompute.invoke('worker', '');
    expect(invocation?.status).toBe('succeeded');
    expect(sandbox.resourceOrchestration.stacks()).toMatchObject([{ name: 'base' }]);
  });

  test('resets that are asked for at once happen one after the other', async () => {
    const sandbox = await start();
    await Promise.all([1, 2, 3].map((members) => sandbox.reset({ members })));
    expect(sandbox.directory.accounts()).toHaveLength(3);
  });
});

test('its state is plain data, of every service', async () => {
  const sandbox = await start({ members: 1, config: { organization: 'on' }, speed: 0 });
  sandbox.logService.createProject('audit', 'results');
  sandbox.logService.createLogstore('audit', 'runs', { ttlDays: 7 });
  const index = { line: { token: [' '], caseSensitive: true } };
  sandbox.logService.createIndex('audit', 'runs', index);
  const entry = { timeS: 1, source: '', topic: '', contents: { outcome: 'covered' } };
  sandbox.logService.append('audit', 'runs', [entry]);
  sandbox.messageService.createQueue('failed');
  sandbox.messageService.send('failed', 'x');
  const state = await sandbox.state();
  const accountId = sandbox.directory.accounts()[0]?.accountId ?? '';
  expect(state).toMatchObject({
    config: {
      organization: { status: 'REGISTERED' },
      group: { status: 1, accountIds: [accountId] },
      recorders: { [accountId]: { status: 'REGISTERED' } },
    },
    'event-bridge': { deliveries: [] },
    'function-compute': { functionNames: [], invocations: [] },
    'log-service': {
      projects: [
        {
          name: 'audit',
          description: 'results',
          logstores: [{ name: 'runs', ttlDays: 7, index, entries: [entry] }],
        },
      ],
    },
    'message-service': { queues: [{ name: 'failed', messages: [{ body: 'x' }] }] },
    'resource-manager': { accounts: [{ accountId, displayName: 'member-1' }] },
    'resource-orchestration': { stacks: [], roles: [] },
  });
  expect(JSON.parse(JSON.stringify(state))).toEqual(state);
});

test('more projects and logstores than a page are all in the state', async () => {
  const { logService, state } = await start();
  for (let number = 0; number < 501; number++) logService.createProject(`project-${number}`);
  const { projects } = (await state())['log-service'];
  expect(new Set(projects.map(({ name }) => name)).size).toBe(501);
});

test('`await using` closes it, and closing again does nothing', async () => {
  let endpoint = '';
  {
    await using sandbox = await createSandbox();
    endpoint = sandbox.endpoint;
    expect((await fetch(endpoint)).status).toBe(404);
    await sandbox.close();
  }
  await expect(fetch(endpoint)).rejects.toThrow();
});

test('the compiler knows what a fault may name', async () => {
  const { faults } = await start();
  const rest = { effect: { kind: 'hang' }, when: { first: 1 } } as const;
  faults.add({ ...rest, service: 'log-service', operation: 'PutLogs' });
  // @ts-expect-error: an operation of another service
  expect(() => faults.add({ ...rest, service: 'config', operation: 'PutLogs' })).toThrow();
  // @ts-expect-error: no such service
  expect(() => faults.add({ ...rest, service: 'confg', operation: '*' })).toThrow();
  const when = { always: true } as const;
  const at = { service: 'config', operation: 'GetAggregator', when } as const;
  faults.add({ ...at, effect: { kind: 'error', code: 'Invalid.AggregatorId.Value' } });
  faults.add({ ...at, effect: { kind: 'error', code: 'Undocumented', status: 400 } });
  // @ts-expect-error: a code that no table has needs a status
  expect(() => faults.add({ ...at, effect: { kind: 'error', code: 'Undocumented' } })).toThrow();
});

/** Times are those of each start. */
function withoutTimes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner) => (key.endsWith('AtMs') ? 0 : inner));
}
