import { expect, test } from 'vitest';
import { controlCalls, FAULT } from '../../testing/control-calls.ts';
import { createDirectoryUser } from '../../testing/directory-user.ts';
import { startSandbox } from '../../testing/started-sandbox.ts';
import { SWITCHES } from './switches.ts';

const call = controlCalls(SWITCHES);

test('faults are added, listed, removed and cleared', async () => {
  const sandbox = await startSandbox();
  const { world } = sandbox;
  const added = await call(sandbox, 'POST', 'faults', FAULT);
  expect(added.status).toBe(201);
  expect(world.faults.next('config', 'StartConfigurationRecorder')?.effect).toEqual(FAULT.effect);
  await call(sandbox, 'POST', 'faults', { ...FAULT, when: { always: true } });
  expect((await call(sandbox, 'GET', 'faults')).body.faults).toMatchObject([
    { id: added.body.id, hits: 1, ...FAULT },
    { hits: 0 },
  ]);
  expect((await call(sandbox, 'DELETE', `faults/${added.body.id}`)).status).toBe(200);
  expect((await call(sandbox, 'DELETE', `faults/${added.body.id}`)).status).toBe(404);
  await call(sandbox, 'DELETE', 'faults');
  expect(world.faults.list()).toEqual([]);
});

test('a fault may hit every operation, with a code of the gateway or one that has its status', async () => {
  const { faults } = (await startSandbox()).world;
  const { service, operation, when } = { ...FAULT, when: { first: 1 } };
  faults.add({ service, operation: '*', when, effect: { kind: 'error', code: 'InternalError' } });
  const effect = { kind: 'error', code: 'Undocumented', status: 418 } as const;
  faults.add({ service, operation, when, effect });
  expect(faults.next('config', 'ListAggregators')).toBeDefined();
});

test('the clock is read, moved on and set to a speed', async () => {
  const sandbox = await startSandbox({ speed: 0 });
  const { nowMs } = (await call(sandbox, 'GET', 'clock')).body as { nowMs: number };
  expect(nowMs).toBe(sandbox.world.clock.now());
  const moved = await call(sandbox, 'POST', 'clock', { advanceMs: 600_000 });
  expect(moved.body).toMatchObject({ nowMs: nowMs + 600_000, speed: 0 });
  expect((await call(sandbox, 'POST', 'clock', { speed: 60 })).body).toMatchObject({ speed: 60 });
  expect(sandbox.world.clock.speed()).toBe(60);
});

test('events are dropped, until that is cleared', async () => {
  const sandbox = await startSandbox();
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
  const user = createDirectoryUser(sandbox);
  await user.createAccount('payments');
  await sandbox.settled();
  expect(pushed).toBe(0);
  await call(sandbox, 'DELETE', 'delivery');
  await user.createAccount('shop');
  await sandbox.settled();
  expect(pushed).toBe(1);
  const first = await call(sandbox, 'GET', 'deliveries?limit=1');
  expect(first.body).toMatchObject({ deliveries: [{ status: 'dropped' }], next: 1 });
  const rest = await call(sandbox, 'GET', `deliveries?after=${first.body.next}`);
  expect(rest.body).toMatchObject({ deliveries: [{ status: 'delivered' }], next: 2 });
  expect((await call(sandbox, 'GET', 'deliveries?after=2')).body).toEqual({
    deliveries: [],
    next: 2,
  });
});

test('a service is as never activated, until it is', async () => {
  const sandbox = await startSandbox();
  const off = await call(sandbox, 'POST', 'activation', {
    service: 'event-bridge',
    activated: false,
  });
  expect(off.body).toEqual({ notActivated: ['event-bridge'] });
  expect(sandbox.world.activation.isActivated('event-bridge')).toBe(false);
  expect((await call(sandbox, 'GET', 'activation')).body).toEqual(off.body);
  await call(sandbox, 'POST', 'activation', { service: 'event-bridge', activated: true });
  expect(sandbox.world.activation.notActivated()).toEqual([]);
  const unknown = { service: 'config', activated: false };
  expect((await call(sandbox, 'POST', 'activation', unknown)).status).toBe(400);
});

test('quotas are switched off and on, for all operations or one', async () => {
  const sandbox = await startSandbox();
  const quota = { calls: 1, windowMs: 1000 };
  const take = () => sandbox.world.quotas.take('1', 'config', 'GetAggregator', quota);
  expect([take(), take()]).toEqual([true, false]);
  await call(sandbox, 'POST', 'quotas', { enabled: false });
  expect(take()).toBe(true);
  const one = { service: 'config', operation: 'GetAggregator' };
  expect((await call(sandbox, 'POST', 'quotas', { enabled: true, ...one })).body).toEqual({
    enabled: false,
    operations: [{ ...one, enabled: true }],
  });
  expect(take()).toBe(false);
  await call(sandbox, 'POST', 'quotas', { enabled: true });
  expect((await call(sandbox, 'GET', 'quotas')).body).toEqual({ enabled: true, operations: [] });
});

test('the journal shows calls, by a filter and by pages; who looks is not in it', async () => {
  const sandbox = await startSandbox({ journalSize: 4, members: 1 });
  const user = createDirectoryUser(sandbox);
  await call(sandbox, 'POST', 'clock', { advanceMs: 1 });
  await user.createAccount('shop');
  await user.createAccount('shop').catch(() => {});
  await call(sandbox, 'GET', 'health');
  const all = await call(sandbox, 'GET', 'journal');
  expect(all.body).toMatchObject({
    entries: [
      { number: 1, service: 'sandbox', operation: 'POST /sandbox/clock', status: 200 },
      { number: 2, service: 'resource-manager', operation: 'CreateResourceAccount', status: 200 },
      { number: 3, errorCode: 'InvalidParameter.Account.DisplayName.AlreadyUsed' },
    ],
    next: 3,
    oldest: 1,
  });
  const page = async (query: string) => {
    const { entries, next } = (await call(sandbox, 'GET', `journal?${query}`)).body as {
      entries: { number: number }[];
      next: number;
    };
    return [entries.map(({ number }) => number), next];
  };
  expect(await page('limit=2')).toEqual([[1, 2], 2]);
  expect(await page('after=2&limit=2')).toEqual([[3], 3]);
  expect(await page('service=sandbox')).toEqual([[1], 3]);
  expect(await page('service=resource-manager&limit=1')).toEqual([[2], 2]);
  expect(await page('status=200&operation=CreateResourceAccount')).toEqual([[2], 3]);
  expect(await page(`accountId=${sandbox.managementAccountId}&after=2`)).toEqual([[3], 3]);
  expect(await page('errorCode=NoSuch')).toEqual([[], 3]);
  for (const name of ['a1', 'a2', 'a3']) await user.createAccount(name);
  expect((await call(sandbox, 'GET', 'journal')).body).toMatchObject({ oldest: 3, next: 6 });
});

test('a journal after a reset is another one', async () => {
  const sandbox = await startSandbox();
  const idNow = async () => (await call(sandbox, 'GET', 'journal')).body.id;
  const before = await idNow();
  expect(await idNow()).toBe(before);
  await sandbox.reset();
  expect(await idNow()).not.toBe(before);
});
