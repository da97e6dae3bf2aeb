import {
  coveringsOf,
  daysOf,
  errorsOf,
  type Result,
  type RunTotals,
  sinceOf,
  timelinesOf,
} from '../../cli/report/reduce-results.ts';
import type { Member, ReportData } from '../../cli/report/report-data.ts';
import type { State } from '../../cli/status/standing.ts';
import { seededRandom } from '../../sandbox/core/random.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 5 * MINUTE_MS;
const AS_OF_MS = Date.parse('2026-07-30T06:05:12.345Z');
/** Of results, and with it of enterprise mode. */
const DAYS = 90;
const FROM_MS = AS_OF_MS - DAYS * DAY_MS;
const ENABLED_AT_MS = FROM_MS + DAY_MS;

export interface SampleOptions {
  readonly members: number;
  /** Default 1. */
  readonly seed?: number;
}

interface Account {
  readonly accountId: string;
  readonly name: string;
  readonly folderPath: readonly string[];
  readonly joinedAtMs: number;
}

/**
 * A directory as it might be: enterprise mode was turned on when the results begin, most accounts
 * were there, the others joined since; a manual backfill every week, a schedule that was off for two
 * days, a few accounts that gave trouble, and some that are open now. The same for the same options.
 */
export function sampleReport({ members, seed = 1 }: SampleOptions): ReportData {
  const random = seededRandom(seed);
  const accounts = Array.from({ length: members }, (_, index) => sampleAccount(index, random));
  const stories = accounts.map((account, index) => storyOf(account, index, random));
  const results = [...stories.flatMap((story) => story.results), ...backfills(stories, random)];
  const runs = scheduledRuns(stories);
  const timelines = timelinesOf(results);
  const asOf = isoOf(AS_OF_MS);
  return {
    asOf,
    managementAccountId: '1000000000000001',
    directoryId: 'rd-3G2k8z',
    region: 'cn-hangzhou',
    logProject: 'account-onboarding-1000000000000001',
    logStore: 'results',
    organizationStatus: 'REGISTERED',
    evidence: {
      operation: 'GetAggregator',
      accountGroupId: 'ca-7d5f6260',
      requestId: uuidOf(random),
    },
    resultsFrom: isoOf(FROM_MS),
    utcOffsetMinutes: 480,
    remarks: [],
    writtenBy: 'onboard 0.1.0',
    members: stories.map(({ account, state }): Member => {
      const timeline = timelines.get(account.accountId) ?? [];
      const stateSince = sinceOf(state, timeline, asOf);
      const last = timeline[0];
      return {
        accountId: account.accountId,
        name: account.name,
        folderPath: account.folderPath,
        joinedAt: isoOf(account.joinedAtMs),
        state,
        timeline,
        ...(last?.recorderStatus === undefined ? {} : { recorderStatus: last.recorderStatus }),
        ...(stateSince === undefined ? {} : { stateSince }),
        ...(state === 'covered' || last?.recommendation === undefined
          ? {}
          : { recommendation: last.recommendation }),
      };
    }),
    days: daysOf(results, runs, 480),
    coverings: coveringsOf(results),
    errors: errorsOf(results),
  };
}

interface Story {
  readonly account: Account;
  readonly state: State;
  readonly results: readonly Result[];
  readonly coveredAtMs: number;
}

/** What happened to one account from when it joined, or from when enterprise mode was turned on. */
function storyOf(account: Account, index: number, random: () => number): Story {
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
  recommendation: 'Nothing to do now: its recorder is BUILDING, and the next run looks again.',
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
          'Allow config:StartConfigurationRecorder in the policy of the caller: of the function’s role, or of the operator.',
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
          'Create the service-linked role AliyunServiceRoleForConfig in the RAM console, or allow ram:CreateServiceLinkedRole for config.aliyuncs.com, then run the account again.',
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
          'Its recorder stays BUILDING: open a ticket with Cloud Config that names the account and the request id.',
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

/** Every week a person looks at all accounts; one entry each, in one run. */
function* backfills(stories: readonly Story[], random: () => number): Generator<Result> {
  for (let timeMs = FROM_MS + 8 * DAY_MS; timeMs < AS_OF_MS; timeMs += 7 * DAY_MS) {
    const [runId, cloudRequestId] = [uuidOf(random), uuidOf(random)];
    for (const { account, coveredAtMs } of stories) {
      if (coveredAtMs > timeMs) continue;
      yield {
        accountId: account.accountId,
        time: isoOf(timeMs),
        outcome: 'already-covered',
        recorderStatus: 'REGISTERED',
        trigger: 'manual',
        runId,
        startAttempts: 0,
        durationMs: 0,
        cloudRequestId,
      };
    }
  }
}

function scheduledRuns(stories: readonly Story[]): RunTotals[] {
  const runs: RunTotals[] = [];
  for (let timeMs = FROM_MS + DAY_MS; timeMs < AS_OF_MS; timeMs += DAY_MS / 4) {
    const day = Math.floor((timeMs - FROM_MS) / DAY_MS);
    if (day === 40 || day === 41) continue;
    const there = stories.filter(({ account }) => account.joinedAtMs <= timeMs);
    const covered = there.filter(({ coveredAtMs }) => coveredAtMs <= timeMs).length;
    runs.push({
      time: isoOf(timeMs),
      trigger: 'schedule',
      covered: 0,
      alreadyCovered: covered,
      pending: there.length - covered,
      overdue: 0,
      failed: 0,
    });
  }
  return runs;
}

const TEAMS = ['payments', 'search', 'ledger', 'risk', '数据平台', '支付', '物流', 'identity'];
const STAGES = ['prod', 'staging', 'dev', 'sandbox', '生产', '测试'];

function sampleAccount(index: number, random: () => number): Account {
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

function isoOf(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

function uuidOf(random: () => number): string {
  const [a = '', b = '', c = '', d = ''] = Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
      .toUpperCase(),
  );
  return `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`;
}
