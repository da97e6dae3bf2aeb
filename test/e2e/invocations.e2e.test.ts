import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Credentials } from '../../sandbox/src/world/identities.ts';
import { createdEvent } from '../support/workflows/account-events.ts';
import { deployedSandbox } from './deployed-sandbox.ts';

const A = '1000000000000004';
const START = { service: 'config', operation: 'StartConfigurationRecorder' } as const;
const UNTIL_RETRY_MS = 20;
const WAIT = { timeout: 30_000, interval: 10 };
const FAILURES = 'account-onboarding-failures';

const invokeAsync = (sandbox: Awaited<ReturnType<typeof deployedSandbox>>) =>
  sandbox.functionCompute.invoke('onboard-account', JSON.stringify(createdEvent(A)), {
    async: true,
  });

describe('an invocation that is ended from outside', () => {
  test('killed at its time-out: the retry records the account', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'blocked-once-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    // The first process never gets to the handler, as on a host that stands still.
    await writeFile(
      join(folder, 'block-once.cjs'),
      `const fs = require('node:fs');
       const flag = ${JSON.stringify(join(folder, 'blocked'))};
       if (!fs.existsSync(flag)) { fs.writeFileSync(flag, ''); for (;;) {} }`,
    );
    const sandbox = await deployedSandbox({
      instances: 'processes',
      timeoutSeconds: 2,
      config: { organization: 'on', joinDelayMs: 0 },
      environment: { NODE_OPTIONS: `--require=${join(folder, 'block-once.cjs')}` },
    });
    sandbox.directory.addAccount({ displayName: 'new', accountId: A });
    await invokeAsync(sandbox);
    await sandbox.settled();
    expect(sandbox.functionCompute.invocations().map(({ status }) => status)).toEqual([
      'timed-out',
      'succeeded',
    ]);
    expect(sandbox.accountEntries()).toMatchObject([{ account_id: A }]);
  });

  test('killed while it waits: the retry goes on where the cloud is', async () => {
    const sandbox = await deployedSandbox({
      instances: 'processes',
      // Nothing is built, and no retry begins, before time is moved.
      speed: 0,
      config: { organization: 'off' },
    });
    sandbox.directory.addAccount({ displayName: 'new', accountId: A });
    await invokeAsync(sandbox);
    const looks = () => sandbox.journal.count('config', 'ListAggregators');
    await vi.waitFor(() => expect(sandbox.starts()).toBe(1), WAIT);
    sandbox.functionCompute.killRunning('onboard-account');
    await vi.waitFor(() => expect(sandbox.functionCompute.invocations()).toHaveLength(1), WAIT);
    const looked = looks();
    sandbox.world.clock.advance(UNTIL_RETRY_MS);
    await vi.waitFor(() => expect(looks()).toBeGreaterThan(looked), WAIT);
    sandbox.world.clock.setSpeed(1);
    await sandbox.settled();

    expect(sandbox.functionCompute.invocations().map(({ status }) => status)).toEqual([
      'killed',
      'succeeded',
    ]);
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.accountEntries()).toMatchObject([
      { account_id: A, outcome: 'covered', start_attempts: '0' },
    ]);
  });
});

test('failed to the end: every attempt is recorded, and the event is kept in the queue', async () => {
  const sandbox = await deployedSandbox({ config: { organization: 'off' } });
  sandbox.directory.addAccount({ displayName: 'new', accountId: A });
  const effect = { kind: 'error', code: 'NoPermission' } as const;
  sandbox.faults.add({ ...START, when: { always: true }, effect });
  await invokeAsync(sandbox);
  await sandbox.settled();

  const statuses = sandbox.functionCompute.invocations().map(({ status }) => status);
  expect(statuses).toEqual(Array(4).fill('failed'));
  expect(sandbox.accountEntries().map(({ outcome }) => outcome)).toEqual(Array(4).fill('failed'));
  const [message] = sandbox.messageService.messages(FAILURES);
  expect(JSON.parse(message?.body ?? '{}')).toMatchObject({
    requestContext: { approximateInvokeCount: 4 },
    requestPayload: JSON.stringify(createdEvent(A)),
  });
});

test('a frozen instance works again: nothing depends on a socket that was kept', async () => {
  const sandbox = await deployedSandbox({
    instances: 'processes',
    members: 2,
    config: { organization: 'on' },
  });
  const [first, second] = sandbox.directory.accounts();
  await sandbox.call('onboard-account', createdEvent(first?.accountId ?? ''));
  await sandbox.call('onboard-account', createdEvent(second?.accountId ?? ''));
  const instances = sandbox.functionCompute.invocations().map(({ instanceId }) => instanceId);
  expect(new Set(instances).size).toBe(1);
  expect(sandbox.accountEntries().map(({ outcome }) => outcome)).toEqual([
    'already-covered',
    'already-covered',
  ]);
});

test('a bad setting fails the invocation with every problem in one message', async () => {
  const sandbox = await deployedSandbox({
    instances: 'processes',
    environment: { LOG_STORE: '', VERIFY_FOR_SECONDS: 'long' },
  });
  const { status, errorName, errorMessage } = await sandbox.call(
    'onboard-account',
    createdEvent(A),
  );
  expect([status, errorName]).toEqual(['failed', 'SettingsError']);
  expect(errorMessage).toMatch(/^2 settings are wrong: LOG_STORE .+; VERIFY_FOR_SECONDS /);
  // Without a log store to write to, the error is all that there is.
  expect(sandbox.entries()).toEqual([]);
});

describe('secrets', () => {
  test('appear in no entry, line, answer, message or error', async () => {
    const sandbox = await deployedSandbox({
      instances: 'processes',
      config: { organization: 'off' },
    });
    sandbox.directory.addAccount({ displayName: 'new', accountId: A });
    const minted: Credentials[] = [];
    const assumeRole = sandbox.world.identities.assumeRole;
    vi.spyOn(sandbox.world.identities, 'assumeRole').mockImplementation((...args) => {
      const credentials = assumeRole(...args);
      minted.push(credentials);
      return credentials;
    });
    const always = { when: { always: true } } as const;
    const effects = ['reset', 'cut-body', 'html-503', 'empty-500'] as const;
    const said: unknown[] = [];
    for (const kind of effects) {
      sandbox.faults.clear();
      sandbox.faults.add({ ...START, ...always, effect: { kind } });
      said.push(await sandbox.call('onboard-account', createdEvent(A)));
      sandbox.faults.add({
        service: 'log-service',
        operation: 'PutLogs',
        ...always,
        effect: { kind: 'error', code: 'Unauthorized' },
      });
      said.push(await sandbox.call('onboard-account', createdEvent(A)));
    }
    const everything = JSON.stringify([
      said,
      sandbox.entries(),
      sandbox.functionCompute
        .invocations()
        .map((one) => [String(one.result), one.stdout, one.stderr]),
    ]);
    expect(said).toHaveLength(8);
    expect(minted.length).toBeGreaterThan(0);
    for (const { accessKeyId, accessKeySecret, securityToken } of minted) {
      for (const secret of [accessKeyId, accessKeySecret, securityToken ?? accessKeyId]) {
        expect(everything).not.toContain(secret);
        expect(everything).not.toContain(encodeURIComponent(secret));
      }
    }
    expect(everything).not.toMatch(/Signature=|authorization/i);
  });
});
