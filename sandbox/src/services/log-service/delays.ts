import { seededRandom } from '../../world/random.ts';

/** From the first to the second, both in milliseconds on the sandbox's clock. */
export type DelayRange = readonly [fromMs: number, toMs: number];

/** How long what was done takes to work. Each time another moment of the range, by the seed. */
export interface LogDelays {
  /** From a log's arrival until it can be read. */
  readonly visibleMs: DelayRange;
  /** Until a new logstore takes writes and reads; until then they answer `LogStoreNotExist`. */
  readonly logstoreMs: DelayRange;
  /** Until a new index counts for what is written, and can be searched. */
  readonly indexMs: DelayRange;
}

/**
 * The service's own. Logs are visible after about 3 s by its documentation; that a logstore and an
 * index take up to a minute is what its samples, which wait so long, make of it.
 */
export const CLOUD_DELAYS: LogDelays = {
  visibleMs: [1000, 4000],
  logstoreMs: [5000, 60_000],
  indexMs: [5000, 60_000],
};

export const NO_DELAYS: LogDelays = { visibleMs: [0, 0], logstoreMs: [0, 0], indexMs: [0, 0] };

/** The same delays for the same seed and the same order of asking. */
export function createDelays(delays: LogDelays, seed: number): (of: keyof LogDelays) => number {
  const random = seededRandom(seed);
  return (of) => {
    const [fromMs, toMs] = delays[of];
    return Math.round(fromMs + random() * (toMs - fromMs));
  };
}
