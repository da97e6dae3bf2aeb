import type { CallOptions } from '../workflows/onboarding/ports.ts';

/**
 * Makes a read, and makes it again where that may help. The caller brings it: an adapter has no
 * retry policy of its own. Only for what is safe to repeat.
 */
export type RetryReads = <T>(read: (options: CallOptions) => Promise<T>) => Promise<T>;
