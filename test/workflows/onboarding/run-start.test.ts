import { describe, expect, test, vi } from 'vitest';
import { cloudError, groupOf, START_MS } from '../../support/workflows/fake-ports.ts';
import { A, B, forAccount, forEveryMember, run } from '../../support/workflows/run.ts';

test('a start that is still in progress at the deadline: a last look, then pending', async () => {
  const { summary, calls, stored } = run(
    forAccount,
    { start: [cloudError('ProcessIsRunning')], group: [groupOf({})] },
    60_000,
  );
  expect(await summary).toMatchObject({ accounts: { pending: 1, failed: 0 } });
  expect(calls.lastIndexOf('group')).toBeGreaterThan(calls.lastIndexOf('start'));
  expect(stored[0]).toMatchObject({ outcome: 'pending', error_code: 'ProcessIsRunning' });
});

test.each(['ServiceUnavailable', 'CreateSLRFail'])(
  'a start that ends in %s may have worked: a look decides',
  async (code) => {
    const start = [cloudError(code, { statusCode: 500 })];
    const worked = run(forAccount, { start, group: [undefined, groupOf({ [A]: 'REGISTERED' })] });
    expect(await worked.summary).toMatchObject({ accounts: { covered: 1 } });
    const failed = run(forAccount, { start, group: [undefined] });
    await expect(failed.summary).rejects.toMatchObject({ name: 'AccountsFailed' });
    expect(failed.calls.lastIndexOf('group')).toBeGreaterThan(failed.calls.lastIndexOf('start'));
  },
);

test('a start that is in progress while the account gets covered: no further try', async () => {
  const { summary, calls, stored, clock } = run(forAccount, {
    start: [cloudError('ProcessIsRunning')],
    group: [groupOf({ [B]: 'REGISTERED' }), groupOf({ [A]: 'REGISTERED' })],
  });
  expect(await summary).toMatchObject({ startAttempts: 1, accounts: { covered: 1 } });
  expect(calls.filter((call) => call === 'start')).toHaveLength(1);
  expect(clock.now() - START_MS).toBeLessThan(1_000);
  expect(stored[0]).toMatchObject({
    outcome: 'covered',
    recorder_status: 'REGISTERED',
    error_code: 'ProcessIsRunning',
  });
});

test('a start that is in progress while the account gets built: no further try', async () => {
  const { summary, calls } = run(forAccount, {
    start: [cloudError('ProcessIsRunning')],
    group: [undefined, groupOf({ [A]: 'BUILDING' }), groupOf({ [A]: 'REGISTERED' })],
  });
  expect(await summary).toMatchObject({ startAttempts: 1, accounts: { covered: 1 } });
  expect(calls.filter((call) => call === 'start')).toHaveLength(1);
});

test.each([
  ['NoPermission', 1],
  ['RDMemberNoPermission', 1],
  ['AccountNotExisted', 1],
  ['CreateSLRFail', 3],
  ['ServiceUnavailable', 9],
])('a start that ends in %s: %i tries, recorded, and the invocation fails', async (code, tries) => {
  const { summary, calls, stored } = run(forAccount, {
    start: [cloudError(code)],
    group: [groupOf({})],
  });
  await expect(summary).rejects.toMatchObject({
    name: 'AccountsFailed',
    message: expect.stringMatching(
      new RegExp(`^1 of 1 account failed: ${A} \\(${code}: ${code} happened\\)\\. [A-Z].+\\.$`),
    ),
  });
  expect(calls.filter((call) => call === 'start')).toHaveLength(tries);
  expect(stored[0]).toMatchObject({
    outcome: 'failed',
    error_code: code,
    error_message: `${code} happened.`,
    start_attempts: String(tries),
    cloud_request_id: `request-of-${code}`,
    recommendation: expect.stringMatching(/\.$/),
  });
  expect(stored[1]).toMatchObject({
    entry_type: 'run',
    outcome: 'failed',
    failed: '1',
    reason: expect.stringContaining(`${A} (${code}: `),
  });
});

describe('a busy start', () => {
  const busy = cloudError('ProcessIsRunning');

  test('of a directory without members is tried again: no look can make it needless', async () => {
    const { calls } = run(forEveryMember, {
      describe: [{ organizationStatus: 'REGISTRABLE' }],
      start: [busy, busy, { organizationStatus: 'BUILDING' }],
    });
    await vi.waitFor(() => expect(calls.filter((call) => call === 'start')).toHaveLength(3));
  });

  test('is tried again while one account of several needs it', async () => {
    const accounts = [{ accountId: A }, { accountId: B }];
    const { summary, calls } = run(
      { ...forAccount, scope: { kind: 'accounts', accounts } },
      {
        start: [busy, { organizationStatus: 'REGISTERED' }],
        group: [
          groupOf({ [A]: 'REGISTRABLE', [B]: 'REGISTRABLE' }),
          groupOf({ [A]: 'REGISTERED', [B]: 'REGISTRABLE' }),
          groupOf({ [A]: 'REGISTERED', [B]: 'REGISTERED' }),
        ],
      },
    );
    expect(await summary).toMatchObject({ startAttempts: 2, accounts: { covered: 2 } });
    expect(calls.filter((call) => call === 'start')).toHaveLength(2);
  });
});
