import {
  coveringsOf,
  daysOf,
  errorsOf,
  type Result,
  type RunTotals,
  sinceOf,
  timelinesOf,
} from '../../../cli/report/reduce-results.ts';
import type { Member, ReportData } from '../../../cli/report/report-data.ts';
import { seededRandom } from '../../../sandbox/src/world/random.ts';
import {
  AS_OF_MS,
  DAY_MS,
  FROM_MS,
  isoOf,
  type Story,
  sampleAccount,
  storyOf,
  uuidOf,
} from './stories.ts';

export interface SampleOptions {
  readonly members: number;
  /** Default 1. */
  readonly seed?: number;
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
