import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from './index.ts';
import { createDirectoryUser } from './testing/directory-user.ts';
import { rosClient } from './testing/ros-client.ts';
import { startSandbox } from './testing/started-sandbox.ts';

describe('services that are chosen', () => {
  test('answer, and no other', async () => {
    const sandbox = await startSandbox({ services: ['config'], members: 1 });
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
    const sandbox = await startSandbox({ services: ['resource-manager'] });
    const rule = { name: 'all', pattern: { data: { eventName: [{ exists: true }] } } };
    sandbox.eventBus.addRule({ ...rule, targets: [{ push: () => {} }] });
    await createDirectoryUser(sandbox).createAccount('shop');
    await sandbox.settled();
    expect(sandbox.eventBus.deliveries()).toEqual([]);
  });
});

test('its state is plain data, of every service', async () => {
  const sandbox = await startSandbox({ members: 1, config: { organization: 'on' }, speed: 0 });
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
  const { logService, state } = await startSandbox();
  for (let number = 0; number < 501; number++) logService.createProject(`project-${number}`);
  const { projects } = (await state())['log-service'];
  expect(new Set(projects.map(({ name }) => name)).size).toBe(501);
});

describe('parameters that are not modelled', () => {
  const listWithTags = async (sandbox: Sandbox) => {
    const { port } = new URL(sandbox.endpoint);
    const ros = rosClient(Number(port), sandbox.credentials);
    return ros.listStacks({ showNestedStack: true, parentStackId: 'x' });
  };

  test('are refused', async () => {
    const sandbox = await startSandbox();
    await expect(listWithTags(sandbox)).rejects.toMatchObject({ code: 'InvalidParameter' });
    expect((await sandbox.state())['ignored-parameters']).toEqual({ parameters: [] });
  });

  test('are let through and listed, where that is chosen', async () => {
    const sandbox = await startSandbox({ lenient: true });
    await listWithTags(sandbox);
    await listWithTags(sandbox);
    const call = { service: 'resource-orchestration', operation: 'ListStacks', calls: 2 };
    const { parameters } = (await sandbox.state())['ignored-parameters'];
    expect(parameters).toEqual(
      expect.arrayContaining([
        { ...call, parameter: 'ParentStackId' },
        { ...call, parameter: 'ShowNestedStack' },
      ]),
    );
    // A parameter that is modelled is checked all the same.
    const ros = rosClient(Number(new URL(sandbox.endpoint).port), sandbox.credentials);
    await expect(ros.listStacks({ pageSize: 1000 })).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });
});

test('fixed keys are those of the README', async () => {
  const { credentials } = await startSandbox({ keys: 'fixed' });
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(credentials.accessKeyId);
  expect(readme).toContain(credentials.accessKeySecret);
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
  const { faults } = await startSandbox();
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
