import { describe, expect, test } from 'vitest';
import { conclude } from '../../../workflows/onboarding/conclude.ts';
import { observedCoverage } from '../../../workflows/onboarding/coverage.ts';
import type {
  AccountStep,
  GroupReading,
  Plan,
  Reading,
  Snapshot,
} from '../../../workflows/onboarding/model.ts';
import type { StartOutcome } from '../../../workflows/onboarding/start.ts';
import {
  cloudError,
  groupOf,
  NO_HISTORY,
  openSince,
  START_MS,
} from '../../support/workflows/fake-ports.ts';

const HOUR_MS = 3_600_000;

interface Situation {
  readonly step: AccountStep;
  readonly group?: Reading<GroupReading | undefined>;
  readonly organization?: Snapshot['organization'];
  /** The last reading, of after the snapshot. */
  readonly organizationStatus?: string;
  readonly history?: Snapshot['history'];
  readonly start?: StartOutcome;
  readonly name?: string;
  readonly joinedAtMs?: number;
  readonly nextStartAtMs?: number;
  readonly tookMs?: number;
}

/** What is concluded about the one account `a`, which is overdue after an hour. */
function concludeWith({
  step,
  group = { value: groupOf({}) },
  organization = { value: { organizationStatus: 'REGISTERED' } },
  organizationStatus = organization.value?.organizationStatus,
  history = { value: NO_HISTORY },
  start = { attempts: 0 },
  name,
  joinedAtMs,
  nextStartAtMs,
  tookMs = 5_000,
}: Situation) {
  const accounts = [{ accountId: 'a', name, joinedAtMs, step }];
  const plan: Plan = { startRecorder: false, reason: 'A reason.', nextStartAtMs, accounts };
  const snapshot: Snapshot = { takenAtMs: START_MS, organization, group, history, accounts };
  const [result] = conclude({
    snapshot,
    plan,
    start,
    coverage: observedCoverage(snapshot, plan),
    organization: organizationStatus === undefined ? undefined : { organizationStatus },
    startedAtMs: START_MS,
    endedAtMs: START_MS + tookMs,
    overdueAfterMs: HOUR_MS,
  });
  return result;
}

const groupWith = (status: string) => ({ value: groupOf({ a: status }) });
const busy = cloudError('ProcessIsRunning');
const refused = cloudError('NoPermission');

describe('the name', () => {
  test('is the group’s, where neither event nor directory knows it', () => {
    expect(concludeWith({ step: 'start', group: groupWith('REGISTERED') })?.name).toBe('name of a');
    expect(concludeWith({ step: 'start', group: groupWith('BUILDING') })?.name).toBe('name of a');
  });

  test('of the directory or the event comes first', () => {
    const named = { step: 'start', group: groupWith('REGISTERED'), name: 'payments' } as const;
    expect(concludeWith(named)?.name).toBe('payments');
  });

  test('is none, where nobody knows it', () => {
    expect(concludeWith({ step: 'start', group: { value: undefined } })?.name).toBeUndefined();
  });
});

describe('covered', () => {
  test('before this run: what the start was retried for is none of its business', () => {
    expect(
      concludeWith({
        step: 'none',
        group: groupWith('REGISTERED'),
        history: { value: openSince({ a: START_MS - HOUR_MS }) },
        start: { attempts: 2, retriedError: busy },
      }),
    ).toMatchObject({ outcome: 'covered', durationMs: HOUR_MS, error: undefined });
  });

  test('by this run: with what the start was retried for', () => {
    expect(
      concludeWith({
        step: 'start',
        group: groupWith('REGISTERED'),
        start: { attempts: 2, retriedError: busy },
      }),
    ).toMatchObject({ outcome: 'covered', durationMs: 0, error: busy });
  });
});

describe('not covered', () => {
  test('lasted as long as the run', () => {
    expect(concludeWith({ step: 'start', tookMs: 7_000 })?.durationMs).toBe(7_000);
  });

  test.each<[string, AccountStep, string, string]>([
    ['being built: a refused start can not have been for it', 'await', 'BUILDING', 'pending'],
    ['was to be started, and is being built since', 'start', 'REBUILDING', 'pending'],
    ['awaited, and not built in the end', 'await', 'REGISTRABLE', 'pending'],
    ['was to be started, and was not', 'start', 'REGISTRABLE', 'failed'],
    ['could not be decided on, and was not started', 'verify', 'REGISTRABLE', 'failed'],
  ])('%s', (_, step, status, outcome) => {
    const start = { attempts: 1, error: refused };
    expect(concludeWith({ step, group: groupWith(status), start })?.outcome).toBe(outcome);
  });

  test('a busy service is no failure, and stays on record', () => {
    const start = { attempts: 9, error: busy };
    expect(concludeWith({ step: 'start', start })).toMatchObject({
      outcome: 'pending',
      error: busy,
    });
  });

  test('the organization that can not be read is why, where nothing else is', () => {
    const organization = { error: cloudError('Forbidden.RAM') };
    expect(concludeWith({ step: 'verify', organization })).toMatchObject({
      outcome: 'failed',
      error: organization.error,
    });
  });
});

describe('the next start', () => {
  const nextStartAtMs = START_MS + HOUR_MS;
  test('is said where one is needed', () => {
    expect(concludeWith({ step: 'start', nextStartAtMs })?.recommendation).toMatch(
      / The schedule will start the recorder again at 2026-11-20T04:04:05\.000Z\.$/,
    );
  });

  test('is not, where one is not planned or would not help', () => {
    expect(concludeWith({ step: 'start' })?.recommendation).toMatch(/checks again\.$/);
    expect(
      concludeWith({ step: 'await', group: groupWith('BUILDING'), nextStartAtMs })?.recommendation,
    ).toMatch(/checks again\.$/);
  });
});

describe('overdue', () => {
  const openForTwoHours = openSince({ a: START_MS - 2 * HOUR_MS });
  const found = (status: string) => ({
    value: { ...openForTwoHours, organization: { status, sinceMs: START_MS - 3 * HOUR_MS } },
  });

  test('once it is open for longer than an hour', () => {
    expect(concludeWith({ step: 'start', history: found('REGISTERED') })?.outcome).toBe('overdue');
    const justNow = { value: openSince({ a: START_MS - HOUR_MS + 5_000 }) };
    expect(concludeWith({ step: 'start', history: justNow })?.outcome).toBe('pending');
  });

  test('not while the organization is in another state than before', () => {
    expect(concludeWith({ step: 'start', history: found('BUILDING') })?.outcome).toBe('pending');
  });

  test('the last reading of the organization counts, where there is one', () => {
    const unread: Situation = {
      step: 'verify',
      group: groupWith('BUILDING'),
      organization: { error: cloudError('NoAnswer') },
    };
    const history = found('REGISTERED');
    expect(concludeWith({ ...unread, history })?.outcome).toBe('overdue');
    expect(concludeWith({ ...unread, history, organizationStatus: 'BUILDING' })?.outcome).toBe(
      'pending',
    );
  });

  test('by its joining, where the log store says nothing and a start is what it needs', () => {
    const history = { error: cloudError('NoAnswer') };
    const joinedAtMs = START_MS - 2 * HOUR_MS;
    const without = { history, joinedAtMs };
    expect(concludeWith({ step: 'start', ...without })?.outcome).toBe('overdue');
    expect(concludeWith({ step: 'await', ...without })?.outcome).toBe('pending');
    expect(concludeWith({ step: 'start', history })?.outcome).toBe('pending');
    expect(
      concludeWith({ step: 'start', ...without, organizationStatus: 'BUILDING' })?.outcome,
    ).toBe('pending');
  });
});

test('no group to be seen: what to set, unless enterprise mode was off', () => {
  const nothing = { step: 'start', group: { value: undefined } } as const;
  expect(concludeWith(nothing)?.recommendation).toContain('ACCOUNT_GROUP_ID');
  const organization = { value: { organizationStatus: 'REGISTRABLE' } };
  expect(concludeWith({ ...nothing, organization })?.recommendation).toMatch(
    /^Nothing to do now: not in the account group yet/,
  );
  const unread: Situation = {
    ...nothing,
    step: 'await',
    start: { attempts: 0 },
    group: { value: groupOf({ a: 'BUILDING' }) },
    organization: { error: cloudError('NoAnswer') },
  };
  expect(concludeWith(unread)?.recommendation).toContain('the recorder status is BUILDING');
});
