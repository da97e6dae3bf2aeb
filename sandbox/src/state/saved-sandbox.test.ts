/** A sandbox that keeps its state: what another one on the same folder finds. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../index.ts';
import { createDirectoryUser } from '../testing/directory-user.ts';
import { rosClient } from '../testing/ros-client.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ persistDir: join(folder, 'state'), speed: 0, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const file = () => join(folder, 'state/sandbox.json');
const kept = () => JSON.parse(readFileSync(file(), 'utf8'));

const ROLE = {
  Type: 'ALIYUN::RAM::Role',
  Properties: {
    RoleName: 'worker',
    AssumeRolePolicyDocument: {
      Version: '1',
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: ['fc.aliyuncs.com'] },
        },
      ],
    },
  },
};

function stackFile(resources: object): string {
  const path = join(folder, 'base.json');
  const template = {
    ROSTemplateFormatVersion: '2015-09-01',
    Parameters: { Days: { Type: 'Number', Default: 7 } },
    Resources: {
      Role: ROLE,
      Project: { Type: 'ALIYUN::SLS::Project', Properties: { Name: 'audit-logs' } },
      Store: {
        Type: 'ALIYUN::SLS::Logstore',
        Properties: {
          ProjectName: { Ref: 'Project' },
          LogstoreName: 'results',
          TTL: { Ref: 'Days' },
        },
      },
      ...resources,
    },
    Outputs: { Project: { Value: { Ref: 'Project' } } },
  };
  writeFileSync(path, JSON.stringify(template));
  return path;
}

/** Without ids and times that a service makes up anew. */
async function stateOf(sandbox: Sandbox) {
  const madeUp = ['createdAtMs', 'messageId', 'modifiedAtMs', 'roleId', 'sentAtMs', 'updatedAtMs'];
  const { 'resource-manager': directory, ...rest } = await sandbox.state();
  const text = JSON.stringify(rest, (key, value) => (madeUp.includes(key) ? undefined : value));
  return { directory, ...JSON.parse(text) };
}

test('directory, recorders, log store, stacks and keys are there again', async () => {
  const first = await start({ folders: ['Apps'], members: 2, config: { joinDelayMs: 5000 } });
  await createDirectoryUser(first).createAccount('shop');
  first.config.startEnterpriseMode();
  first.world.clock.advance(1000);
  await createDirectoryUser(first).createAccount('late');
  await first.createStack({ file: stackFile({}), parameters: { Days: '30' } });
  const { logService } = first;
  logService.createLogstore('audit-logs', 'by-hand', { ttlDays: 3 });
  const index = { line: { token: [' '], caseSensitive: false }, keys: { n: { type: 'long' } } };
  logService.createIndex('audit-logs', 'results', index);
  const entry = { timeS: 5, source: 's', topic: 't', contents: { n: '1', text: 'hello' } };
  logService.append('audit-logs', 'results', [entry]);
  logService.createProject('other-project', 'by hand');
  first.messageService.createQueue('failed');
  first.messageService.send('failed', 'x');
  first.access.createRole('by-hand', ['fnf.aliyuncs.com'], { description: 'a flow' });
  first.access.createPolicy('reads', { Version: '1', Statement: [] }, 'nothing');
  first.access.attach('reads', 'by-hand');
  first.eventRules.create('joined', {
    description: '',
    status: 'DISABLE',
    filterPattern: '{"source":["acs.resourcemanager"]}',
    targets: [],
  });
  const policy = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'config:*', Resource: '*' }],
  } as const;
  const operator = first.world.identities.createUser(first.managementAccountId, 'op', policy);
  const before = await stateOf(first);
  await first.close();

  const second = await start({ members: 9, config: { joinDelayMs: 5000 } });
  expect(second.credentials).toEqual(first.credentials);
  expect(await stateOf(second)).toEqual(before);
  const found = second.world.identities.find(operator.accessKeyId, undefined);
  expect(found.kind === 'found' && found.caller.allows('config:Get', '*')).toBe(true);
  // It goes on: recorders are built, the account that was to join joins, the index is used.
  second.world.clock.advance(240_000 + 5000);
  const { group, recorders } = second.config.data();
  expect(group?.accountIds).toHaveLength(4);
  expect(Object.keys(recorders)).toHaveLength(5);
  expect(Object.values(recorders).every(({ status }) => status === 'REGISTERED')).toBe(true);
  const words = { query: 'hello' };
  expect(second.logService.search('audit-logs', 'results', words)).toHaveLength(1);
  // The stack is whole: it can be deleted with what it made.
  const [stack] = second.resourceOrchestration.stacks();
  expect(stack).toMatchObject({ status: 'CREATE_COMPLETE', outputs: { Project: 'audit-logs' } });
  expect(second.world.identities.hasRole(second.managementAccountId, 'worker')).toBe(true);
});

test('a stack of the options is not made twice, and what was deleted by hand stays deleted', async () => {
  const stacks = [{ file: stackFile({}) }];
  const first = await start({ stacks });
  first.logService.deleteLogstore('audit-logs', 'results');
  await first.close();
  const second = await start({ stacks });
  expect(second.resourceOrchestration.stacks()).toHaveLength(1);
  expect((await second.state())['log-service'].projects).toMatchObject([
    { name: 'audit-logs', logstores: [] },
  ]);
});

test('a stack that was being made has failed', async () => {
  const first = await start();
  const body = readFileSync(stackFile({}), 'utf8');
  const { stackId } = await createStackOverApi(first, body);
  first.world.clock.advance(1500);
  await first.close();
  const second = await start();
  expect(second.resourceOrchestration.stacks()).toMatchObject([
    {
      stackId,
      status: 'CREATE_FAILED',
      statusReason: 'The sandbox was stopped in the middle of it.',
    },
  ]);
});

test('it is kept soon after a call, and at once by a reset, which goes back to the seed', async () => {
  const sandbox = await start({ members: 1 });
  expect(kept().directory.accounts).toHaveLength(1);
  await createDirectoryUser(sandbox).createAccount('shop');
  await vi.waitFor(() => expect(kept().directory.accounts).toHaveLength(2), { timeout: 5000 });
  await sandbox.reset();
  expect(kept().directory.accounts).toHaveLength(1);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('time goes on while it is off, unless it stands still', async () => {
  const still = await start({ speed: 0 });
  still.world.clock.advance(3_600_000);
  const stoodAtMs = still.world.clock.now();
  await still.close();
  const again = await start({ speed: 0 });
  expect(again.world.clock.now()).toBe(stoodAtMs);
  await again.close();
  const saved = kept();
  writeFileSync(file(), JSON.stringify({ ...saved, savedAtMs: saved.savedAtMs - 60_000 }));
  const moving = await start({ speed: 1 });
  expect(moving.world.clock.now()).toBeGreaterThanOrEqual(stoodAtMs + 60_000);
});

test.each([
  ['{', "sandbox.json can't be read: "],
  ['{"version":2}', 'it has the version 2, and this sandbox reads 1'],
])('a file that says %s is refused, and left as it is', async (text, message) => {
  const sandbox = await start();
  await sandbox.close();
  writeFileSync(file(), text);
  await expect(start()).rejects.toThrow(message);
  expect(readFileSync(file(), 'utf8')).toBe(text);
});

test('a state of another account is refused', async () => {
  await (await start()).close();
  await expect(start({ managementAccountId: '1000000000000009' })).rejects.toThrow(
    'is of the account 1000000000000001 in cn-hangzhou',
  );
});

/** A change set of type CREATE that is executed, by the official SDK. */
async function createStackOverApi(sandbox: Sandbox, templateBody: string) {
  const ros = rosClient(Number(new URL(sandbox.endpoint).port), sandbox.credentials);
  const given = { changeSetType: 'CREATE', changeSetName: 'first', stackName: 'base' };
  const { changeSetId, stackId } = await ros.createChangeSet({ ...given, templateBody });
  sandbox.world.clock.advance(1000);
  await ros.executeChangeSet(changeSetId);
  return { stackId };
}
