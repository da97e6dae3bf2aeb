import { describe, expect, test } from 'vitest';
import { AccountsFailed, NoAccountInScope } from '../../../workflows/onboarding/errors.ts';
import type {
  AccountResult,
  AccountScope,
  DirectoryScope,
  OnboardingRequest,
  Outcome,
} from '../../../workflows/onboarding/model.ts';
import {
  brokenReport,
  eventByAccount,
  finishedReport,
  unusedReport,
} from '../../../workflows/onboarding/report.ts';
import { cloudError, MANAGEMENT_ACCOUNT_ID } from '../../support/workflows/fake-ports.ts';

const RUN = {
  runId: 'run-1',
  trigger: 'manual',
  managementAccountId: MANAGEMENT_ACCOUNT_ID,
} as const;
const FIRST = { id: 'event-1', name: 'CreateResourceAccount' };
const LATER = { id: 'event-2', name: 'AcceptHandshake' };
const named: AccountScope = {
  kind: 'accounts',
  accounts: [{ accountId: 'a', name: 'sandbox', event: FIRST }, { accountId: 'b' }],
};
const everyMember: DirectoryScope = { kind: 'directory', excludedAccountIds: [] };

function requestFor(scope: OnboardingRequest['scope']): OnboardingRequest {
  return { trigger: 'manual', scope, events: [], dryRun: false };
}

describe('a run that broke off', () => {
  const refused = cloudError('NoPermission', { operation: 'ListAccounts' });
  const broken = (scope: OnboardingRequest['scope'], error: unknown) =>
    brokenReport(RUN, requestFor(scope), error, 1_500);

  test('every account that an event named has failed, and why', () => {
    const { outcome, results, startAttempts, durationMs } = broken(named, refused);
    expect({ outcome, startAttempts, durationMs }).toEqual({
      outcome: 'failed',
      startAttempts: 0,
      durationMs: 1_500,
    });
    expect(results).toEqual([
      {
        accountId: 'a',
        name: 'sandbox',
        outcome: 'failed',
        durationMs: 1_500,
        error: refused,
        recommendation: expect.stringContaining('resourcemanager:ListAccounts'),
      },
      expect.objectContaining({ accountId: 'b', outcome: 'failed', error: refused }),
    ]);
  });

  test('of a directory that could not be listed, only the accounts that joined are known', () => {
    expect(broken(everyMember, refused).results).toEqual([]);
    const joined = [{ accountId: 'c', event: LATER }];
    expect(broken({ ...everyMember, joined }, refused).results).toMatchObject([
      { accountId: 'c', outcome: 'failed', error: refused },
    ]);
  });

  test('the reason is what is thrown, with the failure behind it', () => {
    const { reason, error } = broken(named, refused);
    expect(reason).toMatch(
      /^ListAccounts failed: NoPermission: NoPermission happened\. Allow resourcemanager:ListAccounts /,
    );
    expect(error).toBeInstanceOf(AccountsFailed);
    expect(error?.message).toBe(reason);
    expect(error?.cause).toBe(refused);
  });

  test('a message is followed by one period, whether it ends with one or not', () => {
    for (const message of ['No answer: ECONNRESET', 'No answer: ECONNRESET.']) {
      const error = cloudError('NoAnswer', { operation: 'ListAccounts', message });
      expect(broken(named, error).reason).toMatch(
        /^ListAccounts failed: NoAnswer: No answer: ECONNRESET\. Nothing to do now/,
      );
    }
  });

  test('a filter that matches nothing is rejected', () => {
    const nobody = new NoAccountInScope('Nobody.');
    expect(broken(everyMember, nobody)).toMatchObject({
      outcome: 'rejected',
      results: [],
      reason: 'Nobody.',
      error: nobody,
    });
  });

  test('what is thrown and is no error is one in the end', () => {
    expect(broken(named, 'oops')).toMatchObject({
      outcome: 'failed',
      results: [],
      reason: 'Unexpected Error: oops',
      error: new Error('oops'),
    });
  });
});

describe('a run that went through', () => {
  const resultOf = (accountId: string, outcome: Outcome): AccountResult => ({
    accountId,
    outcome,
    durationMs: 0,
    ...(outcome === 'failed' && {
      error: cloudError('NoPermission'),
      recommendation: `Help ${accountId}.`,
    }),
  });
  const finish = (results: readonly AccountResult[], dryRun = false) =>
    finishedReport({
      run: RUN,
      dryRun,
      events: [],
      plan: { startRecorder: true, reason: 'A reason.', accounts: [] },
      startAttempts: 1,
      durationMs: 2_000,
      results,
    });

  test('names who failed, and what to do about the first', () => {
    const { outcome, reason, error } = finish([
      resultOf('a', 'covered'),
      resultOf('b', 'failed'),
      resultOf('c', 'failed'),
    ]);
    expect(outcome).toBe('failed');
    expect(error).toBeInstanceOf(AccountsFailed);
    expect(error?.message).toBe(
      '2 of 3 accounts failed: b (NoPermission: NoPermission happened), c (NoPermission: NoPermission happened). Help b.',
    );
    expect(reason).toBe(`A reason. ${error?.message}`);
  });

  test('names five of many', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => resultOf(id, 'failed'));
    const message = finish(many).error?.message ?? '';
    expect(message).toMatch(/^7 of 7 accounts failed: a .*, e \(.*\) and 2 more\. Help a\.$/);
    expect(message).not.toContain('f (');
    expect(finish(many.slice(0, 5)).error?.message).not.toContain('more');
  });

  test('what is pending is no error, and neither is a dry run', () => {
    expect(finish([resultOf('a', 'pending')])).toMatchObject({
      outcome: 'pending',
      reason: 'A reason.',
    });
    expect(finish([resultOf('a', 'pending')]).error).toBeUndefined();
    const dry = finish([resultOf('a', 'failed')], true);
    expect(dry).toMatchObject({ outcome: 'failed', reason: 'A reason.' });
    expect(dry.error).toBeUndefined();
  });
});

describe('input that starts no run', () => {
  const reason = 'Not ours.';
  test.each([
    ['rejected', 'manual', true],
    ['rejected', 'schedule', true],
    ['rejected', 'event', false],
    ['ignored', 'manual', false],
    ['ignored', 'event', false],
  ] as const)('%s, from %s: thrown: %s', (outcome, trigger, isThrown) => {
    const report = unusedReport(RUN, { outcome, trigger, reason }, 10);
    expect(report).toMatchObject({ outcome, reason, events: [], results: [], startAttempts: 0 });
    expect(report.error?.message).toBe(isThrown ? reason : undefined);
  });

  test('its event is kept', () => {
    const input = { outcome: 'ignored', trigger: 'event', reason, event: FIRST } as const;
    expect(unusedReport(RUN, input, 10).events).toEqual([FIRST]);
  });
});

describe('the event of an account’s entry', () => {
  test('its own', () => {
    const eventOf = eventByAccount(requestFor(named));
    expect([eventOf('a'), eventOf('b'), eventOf('c')]).toEqual([FIRST, undefined, undefined]);
  });

  test('else the one that asked for everybody', () => {
    const joined = [{ accountId: 'a', event: FIRST }];
    const eventOf = eventByAccount(requestFor({ ...everyMember, joined, event: LATER }));
    expect([eventOf('a'), eventOf('b')]).toEqual([FIRST, LATER]);
  });

  test('none, where no event asked', () => {
    expect(eventByAccount(requestFor(everyMember))('a')).toBeUndefined();
  });
});
