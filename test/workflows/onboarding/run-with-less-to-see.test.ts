import { describe, expect, test } from 'vitest';
import { cloudError, groupOf } from '../../support/workflows/fake-ports.ts';
import { A, B, forAccount, run } from '../../support/workflows/run.ts';

describe('the last reading of the organization', () => {
  const activation = {
    describe: [{ organizationStatus: 'REGISTRABLE' }, cloudError('ServiceUnavailable')],
    group: [groupOf({ [B]: 'REGISTERED' }), groupOf({ [A]: 'REGISTERED' })],
  };

  test('fails: what the start said stays, and the run is none the worse', async () => {
    const { summary } = run(forAccount, activation);
    expect(await summary).toMatchObject({
      organizationStatus: 'BUILDING',
      accounts: { covered: 1 },
    });
  });

  test('takes none of the time for recording', async () => {
    const { summary, calls, timeoutsMs } = run(forAccount, activation, 10_000);
    await summary;
    const last = calls.lastIndexOf('describe');
    // Verifying ends 3.5 s before the invocation does: half of what is left of it is less.
    expect(timeoutsMs[last]).toBeLessThanOrEqual(3_250);
  });
});

describe('no account group to be seen', () => {
  test('enabled: never covered, and it says how it was verified and what to do', async () => {
    const { summary, stored } = run(forAccount, { group: [undefined] });
    expect(await summary).toMatchObject({ accounts: { covered: 0, pending: 1 } });
    expect(stored[0]).toMatchObject({
      outcome: 'pending',
      verified_by: 'organization',
      recommendation: expect.stringContaining('ACCOUNT_GROUP_ID'),
    });
    expect(stored[0]).not.toHaveProperty('recorder_status');
  });

  test('not allowed to read it: the recorder is started all the same, the account failed', async () => {
    const { summary, calls, stored } = run(forAccount, {
      describe: [{ organizationStatus: 'REGISTRABLE' }],
      group: [cloudError('NoPermission', { operation: 'ListAggregators' })],
    });
    await expect(summary).rejects.toMatchObject({ name: 'AccountsFailed' });
    expect(calls).toContain('start');
    expect(stored[0]).toMatchObject({
      outcome: 'failed',
      verified_by: 'organization',
      error_code: 'NoPermission',
      recommendation: expect.stringContaining('config:ListAggregators'),
    });
  });
});
