import { expect, test } from 'vitest';
import { type Answer, controlCalls } from '../../testing/control-calls.ts';
import { createDirectoryUser } from '../../testing/directory-user.ts';
import { startSandbox } from '../../testing/started-sandbox.ts';
import { CALLS } from './calls.ts';
import { CONTROL_OPERATIONS } from './operations.ts';
import { SWITCHES } from './switches.ts';

const OWN = CONTROL_OPERATIONS.filter(
  (operation) => !CALLS.includes(operation) && !SWITCHES.includes(operation),
);
const call = controlCalls(OWN);

const POLICY = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'config:Get*', Resource: ['*'] }],
};

test('health says where it is and what it has', async () => {
  const sandbox = await startSandbox({ services: ['config', 'log-service'] });
  expect(await call(sandbox, 'GET', 'health')).toMatchObject({
    status: 200,
    body: {
      status: 'ok',
      endpoint: sandbox.endpoint,
      managementAccountId: '1000000000000001',
      services: ['config', 'log-service'],
    },
  });
});

test('reset goes back to the seed, and another seed is put in its place', async () => {
  const sandbox = await startSandbox({ members: 1 });
  await createDirectoryUser(sandbox).createAccount('shop');
  expect((await call(sandbox, 'POST', 'reset')).status).toBe(200);
  expect(sandbox.directory.accounts()).toHaveLength(1);
  const seed = {
    folders: ['Production/Web'],
    members: [
      {
        displayName: 'shop',
        folder: 'Production/Web',
        accountId: '1000000000000042',
        joinedAt: '2026-01-02T03:04:05.000Z',
        recorder: 'BUILDING',
        recorderIsStuck: true,
      },
    ],
    config: { organization: 'on', memberBuildMs: 1000 },
  };
  expect((await call(sandbox, 'PUT', 'seed', seed)).status).toBe(200);
  expect((await call(sandbox, 'GET', 'seed')).body).toEqual(seed);
  expect((await call(sandbox, 'GET', 'state/config')).body).toMatchObject({
    recorders: { '1000000000000042': { status: 'BUILDING' } },
  });
  const refused = await call(sandbox, 'PUT', 'seed', { folders: ['a//b'] });
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('a//b') },
  });
  expect(sandbox.directory.accounts()).toHaveLength(1);
});

test('the state of every service, and of one', async () => {
  const sandbox = await startSandbox({ members: 2, config: { organization: 'on' }, speed: 0 });
  const { logService, messageService, eventBus } = sandbox;
  logService.createProject('audit');
  logService.createLogstore('audit', 'runs');
  logService.createIndex('audit', 'runs', { line: { token: [' '], caseSensitive: false } });
  logService.append('audit', 'runs', [{ timeS: 1, source: '', topic: '', contents: { a: 'b' } }]);
  sandbox.objectStorage.put({ bucket: 'code', key: 'worker.zip' }, Buffer.from('zip'));
  sandbox.access.createPolicy('reads', { Version: '1', Statement: [] });
  sandbox.access.createRole('worker', ['fc.aliyuncs.com']);
  sandbox.access.attach('reads', 'worker');
  messageService.createQueue('failed');
  messageService.send('failed', 'x');
  const rule = { name: 'all', pattern: { data: { eventName: [{ exists: true }] } } };
  eventBus.addRule({ ...rule, targets: [{ push: () => {} }] });
  const user = createDirectoryUser(sandbox);
  await user.createAccount('shop');
  await user.inviteAccount('1000000000000042');
  await sandbox.settled();
  const all = await call(sandbox, 'GET', 'state');
  expect(all.body).toEqual(await sandbox.state());
  for (const [name, state] of Object.entries(all.body)) {
    expect((await call(sandbox, 'GET', `state/${name}`)).body).toEqual(state);
  }
  const unknown = await call(sandbox, 'GET', 'state/oss');
  expect(unknown).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('Known: access-management, config, ') },
  });
});

test('keys of the root user, of a member, and of an operator with a policy', async () => {
  const sandbox = await startSandbox({ members: 1 });
  const root = await call(sandbox, 'POST', 'identities', { kind: 'root' });
  expect(root.body).toEqual({ accountId: sandbox.managementAccountId, ...sandbox.credentials });
  const { accountId = '' } = sandbox.directory.accounts()[0] ?? {};
  const member = await call(sandbox, 'POST', 'identities', { kind: 'member', accountId });
  expect(member).toMatchObject({ status: 201, body: { accountId } });
  const { find } = sandbox.world.identities;
  const callerOf = ({ body }: Answer) => {
    const found = find(String(body.accessKeyId), undefined);
    return found.kind === 'found' ? found.caller : undefined;
  };
  expect(callerOf(member)).toMatchObject({ accountId });
  const asked = { kind: 'operator', userName: 'reader', policy: POLICY };
  const operator = callerOf(await call(sandbox, 'POST', 'identities', asked));
  expect(operator).toMatchObject({ userName: 'reader' });
  expect([operator?.allows('config:GetX', '*'), operator?.allows('log:GetX', '*')]).toEqual([
    true,
    false,
  ]);
  const strange = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { IpAddress: {} } };
  const policy = { Version: '1', Statement: [strange] };
  const refused = await call(sandbox, 'POST', 'identities', { kind: 'operator', policy });
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('one condition') },
  });
});
