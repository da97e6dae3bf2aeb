import type { CallOptions } from '../workflows/onboarding/ports.ts';

/**
 * Reads, and again where that may help. The caller brings it: an adapter has no retry policy of its
 * own. Only for what is safe to repeat.
 */
export type Ask = <T>(read: (options: CallOptions) => Promise<T>) => Promise<T>;
