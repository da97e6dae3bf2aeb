/** The alerts, evaluated over what is an alert and what is none. */
import { describe, expect, it } from 'vitest';
import { account, run } from '../support/stack/entries.ts';
import { deployMonitoring, minutesAgo } from '../support/stack/monitoring.ts';
import { cloudError } from './cloud-error.ts';

const CRITICAL = 10;
const HIGH = 8;
const MEDIUM = 6;

it('sends to the action policy that it is given, or the built-in one', () => {
  const policies = (parameters?: Record<string, string>) =>
    deployMonitoring(parameters)
      .orchestration.alerts()
      .map(({ configuration }) => configuration.PolicyConfiguration);
  const expected = (ActionPolicyId: string) =>
    expect.objectContaining({ AlertPolicyId: 'sls.builtin.dynamic', ActionPolicyId });
  expect(policies()).toEqual(Array(4).fill(expected('sls.builtin')));
  expect(policies({ AlertActionPolicy: 'ops' })).toEqual(Array(4).fill(expected('ops')));
});

describe('an account is failed or overdue', () => {
  const NAME = 'account-onboarding-account';

  it('fires for each account, and says which, what happened, what was tried and what to do', async () => {
    const deployed = deployMonitoring();
    deployed.append(
      account(
        minutesAgo(4),
        '11',
        {
          name: 'Alpha',
          outcome: 'failed',
          recorderStatus: 'REGISTRABLE',
          error: cloudError('NoPermission', 'You are not authorized.'),
          recommendation: 'Allow config:StartConfigurationRecorder.',
        },
        { startAttempts: 3 },
      ),
      account(minutesAgo(14), '22', {
        name: 'Alpha',
        outcome: 'overdue',
        recommendation: 'Open a ticket.',
      }),
    );
    const fired = await deployed.alert(NAME);
    expect(fired.map(({ severity }) => severity)).toEqual([HIGH, HIGH]);
    expect(fired[0]?.annotations).toEqual({
      title: 'Account 11 (Alpha) is failed',
      desc: 'Cloud Config does not record account 11 (Alpha): failed, recorder status REGISTRABLE, after 3 calls of the start in the last run. NoPermission: You are not authorized. What to do: Allow config:StartConfigurationRecorder.',
    });
    expect(fired[1]?.annotations.title).toBe('Account 22 (Alpha) is overdue');
    expect(fired[1]?.annotations.desc).toContain('What to do: Open a ticket.');
  });

  it.each([
    ['that is pending', [account(minutesAgo(3), 'a', { outcome: 'pending' })]],
    [
      'that failed and was covered after that',
      [
        account(minutesAgo(6), 'a', { outcome: 'failed' }),
        account(minutesAgo(2), 'a', { outcome: 'covered' }, { trigger: 'event' }),
      ],
    ],
    ['that no run has mentioned since', [account(minutesAgo(16), 'a', { outcome: 'overdue' })]],
    ['where only a run failed', [run(minutesAgo(3), { outcome: 'failed' })]],
  ])('is silent about an account %s', async (_, entries) => {
    const deployed = deployMonitoring();
    deployed.append(...entries);
    expect(await deployed.alert(NAME)).toEqual([]);
  });
});

describe('no heartbeat', () => {
  const NAME = 'account-onboarding-heartbeat';

  it.each([
    ['nothing was ever written', []],
    ['the last scheduled run was 31 minutes ago', [run(minutesAgo(31))]],
    ['only events and people start runs', [run(minutesAgo(2), { trigger: 'event' })]],
  ])('fires when %s', async (_, entries) => {
    const deployed = deployMonitoring();
    deployed.append(...entries);
    expect(await deployed.alert(NAME)).toMatchObject([{ severity: CRITICAL }]);
  });

  it('is silent when a scheduled run was 29 minutes ago, also one that failed', async () => {
    const deployed = deployMonitoring();
    deployed.append(run(minutesAgo(29), { outcome: 'failed' }));
    expect(await deployed.alert(NAME)).toEqual([]);
  });
});

describe('pending for over an hour', () => {
  const NAME = 'account-onboarding-pending';
  const pending = (minutes: number, id = '33') =>
    account(minutesAgo(minutes), id, {
      name: 'Gamma',
      outcome: 'pending',
      recorderStatus: 'BUILDING',
      recommendation: 'Wait.',
    });

  it('fires for an account that all runs of an hour found pending', async () => {
    const deployed = deployMonitoring();
    deployed.append(pending(62), pending(30), pending(2), pending(20, '44'), pending(5, '44'));
    expect(await deployed.alert(NAME)).toEqual([
      {
        severity: MEDIUM,
        annotations: {
          title: 'Account 33 (Gamma) is pending for 60 minutes',
          desc: 'Cloud Config was started, and does not record account 33 (Gamma) after 60 minutes: recorder status BUILDING. What to do: Wait.',
        },
      },
    ]);
  });

  it.each([
    ['59 minutes', [pending(61), pending(2)]],
    [
      'an hour, and covered now',
      [pending(70), pending(5), account(minutesAgo(1), '33', { outcome: 'covered' })],
    ],
    [
      'less than an hour since it was covered',
      [
        pending(300),
        account(minutesAgo(200), '33', { outcome: 'covered' }),
        pending(50),
        pending(1),
      ],
    ],
    ['an hour, before runs had nothing to say of it any more', [pending(90), pending(16)]],
  ])('is silent about %s', async (_, entries) => {
    const deployed = deployMonitoring();
    deployed.append(...entries);
    expect(await deployed.alert(NAME)).toEqual([]);
  });
});

describe('scheduled runs fail', () => {
  const NAME = 'account-onboarding-run';

  it('fires with the reason when the last one broke off', async () => {
    const deployed = deployMonitoring();
    deployed.append(
      run(minutesAgo(9)),
      run(minutesAgo(4), {
        outcome: 'failed',
        reason: 'ListAccounts failed: NoPermission: No. Allow resourcemanager:ListAccounts.',
        runId: 'r7',
      }),
    );
    const [fired] = await deployed.alert(NAME);
    expect(fired).toMatchObject({ severity: HIGH });
    expect(fired?.annotations.desc).toBe(
      'The last scheduled run (r7) ended as failed before it could look at any account, so none is being checked. ListAccounts failed: NoPermission: No. Allow resourcemanager:ListAccounts.',
    );
  });

  it('fires when its payload is refused, for example since a folder in it is gone', async () => {
    const deployed = deployMonitoring();
    deployed.append(run(minutesAgo(4), { outcome: 'rejected', reason: 'No account matches.' }));
    const [fired] = await deployed.alert(NAME);
    expect(fired?.annotations.desc).toContain('ended as rejected');
  });

  it.each([
    [
      'accounts failed: they have alerts',
      [run(minutesAgo(4), { outcome: 'failed', counts: { failed: 2 } })],
    ],
    ['the next one went through', [run(minutesAgo(9), { outcome: 'failed' }), run(minutesAgo(4))]],
    ['it was an event’s run', [run(minutesAgo(4), { outcome: 'failed', trigger: 'event' })]],
    ['there was none', []],
  ])('is silent when %s', async (_, entries) => {
    const deployed = deployMonitoring();
    deployed.append(...entries);
    expect(await deployed.alert(NAME)).toEqual([]);
  });
});
