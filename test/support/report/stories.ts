import type { Result } from '../../../cli/report/reduce-results.ts';
import type { State } from '../../../cli/status/member-status.ts';

const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 5 * MINUTE_MS;
export const AS_OF_MS = Date.parse('2026-07-30T06:05:12.345Z');
/** Of results, and with it of enterprise mode. */
const DAYS = 90;
export const FROM_MS = AS_OF_MS - DAYS * DAY_MS;
const ENABLED_AT_MS = FROM_MS + DAY_MS;

export interface Account {
  readonly accountId: string;
  readonly name: string;
  readonly folderPath: readonly string[];
  readonly joinedAtMs: number;
}

export interface Story {
  readonly account: Account;
  readonly state: State;
  readonly results: readonly Result[];
  readonly coveredAtMs: number;
}

/** What happened to one account from when it joined, or from when enterprise mode was turned on. */
export function storyOf(account: Account, index: number, random: () => number): Story {
  const trouble = TROUBLES[index % 251];
  if (trouble === undefined) return smoothStory(account, random);
  const { state, openDays, phases } = trouble;
  const openFromMs =
    state === 'covered'
      ? Math.max(account.joinedAtMs, ENABLED_AT_MS)
      : AS_OF_MS - openDays * DAY_MS - 40_000;
  const openToMs = Math.min(AS_OF_MS, openFromMs + openDays * DAY_MS);
  const results = phases.flatMap(({ fromDay, untilDay = openDays, ...finding }) => {
    const phaseMs = (Math.min(untilDay, openDays) - fromDay) * DAY_MS;
    const looks = Math.max(1, Math.floor(phaseMs / LOOK_EVERY_MS));
    return Array.from({ length: looks }, (_, look) =>
      sampleResult(account, openFromMs + fromDay * DAY_MS + look * LOOK_EVERY_MS, random, {
        trigger: look === 0 && fromDay === 0 ? 'event' : 'schedule',
        durationMs: 7_000,
        ...finding,
      }),
    );
  });
  if (state !== 'covered') {
    // An account that is open now has just joined.
    const joined = { ...account, joinedAtMs: openFromMs - 20_000 };
    return { account: joined, state, results, coveredAtMs: Infinity };
  }
  const covered = sampleResult(account, openToMs, random, {
    outcome: 'covered',
    trigger: 'schedule',
    recorderStatus: 'REGISTERED',
    durationMs: openToMs - openFromMs,
  });
  return { account, state, results: [...results, covered], coveredAtMs: openToMs };
}

function smoothStory(account: Account, random: () => number): Story {
  const startMs = Math.max(account.joinedAtMs, ENABLED_AT_MS);
  const slow = random() < 0.02 ? 20 : 1;
  const durationMs = Math.round((2 + 8 * random() ** 2) * MINUTE_MS * slow);
  const retried = random() < 0.06 ? RETRIED[Math.floor(random() * RETRIED.length)] : undefined;
  const covered = sampleResult(account, startMs + durationMs, random, {
    outcome: 'covered',
    trigger: startMs === account.joinedAtMs ? 'event' : 'manual',
    recorderStatus: 'REGISTERED',
    durationMs,
    ...(retried === undefined ? {} : { startAttempts: 2 + Math.floor(random() * 4) }),
    ...retried,
  });
  return { account, state: 'covered', results: [covered], coveredAtMs: startMs + durationMs };
}

function sampleResult(
  { accountId }: Account,
  timeMs: number,
  random: () => number,
  rest: Partial<Result>,
): Result {
  return {
    accountId,
    time: isoOf(timeMs),
    outcome: 'pending',
    trigger: 'schedule',
    runId: uuidOf(random).toLowerCase(),
    startAttempts: 1,
    durationMs: 0,
    cloudRequestId: uuidOf(random),
    ...rest,
  };
}

interface Phase extends Partial<Result> {
  readonly outcome: Result['outcome'];
  /** Since it is open; to the end by default. */
  readonly fromDay: number;
  readonly untilDay?: number;
}

interface Trouble {
  readonly state: State;
  readonly openDays: number;
  readonly phases: readonly Phase[];
}

const BUILDING: Partial<Result> & { readonly outcome: 'pending' } = {
  outcome: 'pending',
  recorderStatus: 'BUILDING',
  recommendation:
    'Nothing to do now: the recorder status is BUILDING, and the next run checks again.',
};

/** By the account's number, of 251 each; of all others nothing is to be told. */
const TROUBLES: Readonly<Record<number, Trouble>> = {
  7: {
    state: 'failed',
    openDays: 0.6,
    phases: [
      {
        fromDay: 0,
        outcome: 'failed',
        errorCode: 'NoPermission',
        errorMessage: 'You are not authorized to perform this operation.',
        recommendation:
          'Allow config:StartConfigurationRecorder for whoever made this call: the function’s role, or, with --local, your own user or role.',
      },
    ],
  },
  11: {
    state: 'covered',
    openDays: 0.2,
    phases: [
      { ...BUILDING, fromDay: 0, untilDay: 0.05 },
      {
        fromDay: 0.05,
        outcome: 'failed',
        startAttempts: 3,
        errorCode: 'CreateSLRFail',
        errorMessage: 'Failed to create SLR.',
        recommendation:
          'Create the service-linked role AliyunServiceRoleForConfig in the RAM console, or allow ram:CreateServiceLinkedRole for config.aliyuncs.com. Then run onboard replay.',
      },
    ],
  },
  19: {
    state: 'overdue',
    openDays: 3.1,
    phases: [
      { ...BUILDING, fromDay: 0, untilDay: 1 },
      {
        fromDay: 1,
        outcome: 'overdue',
        recorderStatus: 'BUILDING',
        recommendation:
          'The recorder status remains BUILDING: open a ticket with Cloud Config, and give the account ID and the request ID.',
      },
    ],
  },
  23: { state: 'pending', openDays: 0.02, phases: [{ ...BUILDING, fromDay: 0 }] },
  31: {
    state: 'covered',
    openDays: 0.1,
    phases: [
      {
        ...BUILDING,
        fromDay: 0,
        startAttempts: 4,
        errorCode: 'ProcessIsRunning',
        errorMessage: 'The process is running.',
      },
    ],
  },
};

const RETRIED: readonly Partial<Result>[] = [
  { errorCode: 'ProcessIsRunning', errorMessage: 'The process is running.' },
  {
    errorCode: 'ServiceUnavailable',
    errorMessage: 'The request has failed due to a temporary failure of the server.',
  },
  {
    errorCode: 'Throttling.User',
    errorMessage: 'Request was denied due to user flow control.',
  },
  { errorCode: 'NoAnswer', errorMessage: 'The connection was reset.' },
];

const TEAMS = ['payments', 'search', 'ledger', 'risk', '数据平台', '支付', '物流', 'identity'];
const STAGES = ['prod', 'staging', 'dev', 'sandbox', '生产', '测试'];

export function sampleAccount(index: number, random: () => number): Account {
  const team = TEAMS[index % TEAMS.length] ?? '';
  const stage = STAGES[Math.floor(random() * STAGES.length)] ?? '';
  const isNew = index % 10 === 9;
  const joinedAtMs = isNew
    ? FROM_MS + random() * (AS_OF_MS - FROM_MS - DAY_MS)
    : FROM_MS - random() * 700 * DAY_MS;
  return {
    accountId: String(1_200_000_000_000_000 + index * 7_919 + Math.floor(random() * 7_000)),
    name: `${team}-${stage}-${String(index).padStart(3, '0')}`,
    folderPath: ['Root', index % 3 === 0 ? 'Workloads' : 'Platform', team],
    joinedAtMs,
  };
}

export function isoOf(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

export function uuidOf(random: () => number): string {
  const [a = '', b = '', c = '', d = ''] = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
      .toUpperCase(),
  );
  return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
}
