/** How EventBridge tries again to push an event. Source: EventBridge, "Retry policies". */
export type PushRetryStrategy = 'BACKOFF_RETRY' | 'EXPONENTIAL_DECAY_RETRY';

export const PUSH_RETRY_STRATEGIES: readonly PushRetryStrategy[] = [
  'BACKOFF_RETRY',
  'EXPONENTIAL_DECAY_RETRY',
];

/** `retries` after the first try; `delayMs` before the nth of them, counted from 1. */
interface RetrySchedule {
  readonly retries: number;
  delayMs(retry: number, random: () => number): number;
}

export const RETRY_SCHEDULES: Readonly<Record<PushRetryStrategy, RetrySchedule>> = {
  /** Each wait is random, from 10 s to 20 s. */
  BACKOFF_RETRY: { retries: 3, delayMs: (_retry, random) => 10_000 + random() * 10_000 },
  /** 1, 2, 4, ... 512 s, then 512 s each: about one day. */
  EXPONENTIAL_DECAY_RETRY: { retries: 176, delayMs: (retry) => 1000 * 2 ** Math.min(retry - 1, 9) },
};
