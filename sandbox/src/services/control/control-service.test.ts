import { expect, onTestFinished, test } from 'vitest';
import { createSandbox, type Sandbox } from '../../index.ts';
import { createDirectoryUser } from '../../testing/directory-user.ts';

async function start(): Promise<Sandbox> {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function call(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await fetch(`${sandbox.endpoint}/sandbox/${path}`, init);
  return { status: answer.status, body: (await answer.json()) as { message?: string } };
}

const FAULT = {
  service: 'config',
  operation: 'StartConfigurationRecorder',
  effect: { kind: 'error', code: 'ProcessIsRunning' },
  when: { first: 1 },
};

test('faults are added and cleared', async () => {
  const sandbox = await start();
  expect((await call(sandbox, 'POST', 'faults', FAULT)).status).toBe(200);
  expect(sandbox.faults.next('config', 'StartConfigurationRecorder')?.effect).toEqual(FAULT.effect);
  await call(sandbox, 'POST', 'faults', { ...FAULT, when: { always: true } });
  await call(sandbox, 'DELETE', 'faults');
  expect(sandbox.faults.next('config', 'StartConfigurationRecorder')).toBeUndefined();
});

test('a fault may hit every operation, with a code of the gateway or one that has its status', async () => {
  const { faults } = await start();
  const { service, operation, when } = { ...FAULT, when: { first: 1 } };
  faults.add({ service, operation: '*', when, effect: { kind: 'error', code: 'InternalError' } });
  const effect = { kind: 'error', code: 'Undocumented', status: 418 } as const;
  faults.add({ service, operation, when, effect });
  expect(faults.next('config', 'ListAggregators')).toBeDefined();
});

test('the clock is moved on', async () => {
  const sandbox = await start();
  const before = sandbox.world.clock.now();
  await call(sandbox, 'POST', 'clock', { advanceMs: 600_000 });
  expect(sandbox.world.clock.now() - before).toBeGreaterThanOrEqual(600_000);
});

test('events are dropped', async () => {
  const sandbox = await start();
  await call(sandbox, 'POST', 'delivery', { options: { drop: 1 } });
  let pushed = 0;
  sandbox.eventBus.addRule({
    name: 'all',
    pattern: { data: { eventName: ['CreateResourceAccount'] } },
    targets: [
      {
        push: () => {
          pushed += 1;
        },
      },
    ],
  });
  await createDirectoryUser(sandbox).createAccount('payments');
  await sandbox.settled();
  expect(pushed).toBe(0);
  expect(sandbox.eventBus.deliveries()).toMatchObject([{ status: 'dropped' }]);
});

test('quotas are switched off', async () => {
  const sandbox = await start();
  const quota = { calls: 1, windowMs: 1000 };
  const take = () => sandbox.world.quotas.take('1', 'config', 'Describe', quota);
  expect([take(), take()]).toEqual([true, false]);
  await call(sandbox, 'POST', 'quotas', { enabled: false });
  expect(take()).toBe(true);
});

test('the journal shows every call', async () => {
  const sandbox = await start();
  await call(sandbox, 'POST', 'clock', { advanceMs: 1 });
  expect((await call(sandbox, 'GET', 'journal')).body).toMatchObject([
    { service: 'sandbox', operation: 'POST /sandbox/clock', status: 200 },
  ]);
});

test.each([
  ['POST', 'faults', { ...FAULT, when: { sometimes: true } }, 'when'],
  ['POST', 'faults', { ...FAULT, effect: { kind: 'explode' } }, 'effect.kind'],
  [
    'POST',
    'faults',
    { ...FAULT, service: 'cofnig' },
    "service 'cofnig'. Known: access-management, config, ",
  ],
  ['POST', 'faults', { ...FAULT, operation: 'Start' }, 'StartConfigurationRecorder'],
  ['POST', 'faults', { ...FAULT, effect: { kind: 'error', code: 'Busy' } }, 'ProcessIsRunning'],
  ['POST', 'faults', { ...FAULT, service: 'log-service', operation: 'PutLog' }, 'PutLogs'],
  ['POST', 'faults', { ...FAULT, service: 'function-compute' }, 'InvokeFunction'],
  ['POST', 'clock', { advanceMs: -1 }, 'advanceMs'],
  ['POST', 'delivery', { options: { drops: 1 } }, 'options.drops'],
  ['POST', 'delivery', { eventName: 'CreateAccount', options: {} }, 'CreateResourceAccount'],
  ['POST', 'quotas', {}, 'enabled'],
])('%s %s %j is refused', async (method, path, body, place) => {
  const sandbox = await start();
  const answer = await call(sandbox, method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.message).toContain(place);
});

test('an unknown call names the known ones', async () => {
  const sandbox = await start();
  const answer = await call(sandbox, 'POST', 'accounts', {});
  expect(answer).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('faults') },
  });
});
