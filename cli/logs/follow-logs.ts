import type { FunctionLogLine } from '../../alicloud/log-service/function-logs.ts';

/**
 * Lines become readable some seconds after they were printed, not in their order: so each look goes
 * back this far, and what it has shown already is left out.
 */
export const LOOK_BACK_S = 60;

/**
 * Tells what is new in each look. Two lines may be the same in all that is known of them, so it is
 * counted how many of a kind there were. What is older than a look goes back is forgotten.
 */
export function createUnseen(): (lines: readonly FunctionLogLine[]) => FunctionLogLine[] {
  let seen = new Map<string, number>();
  return (lines) => {
    const now = new Map<string, number>();
    const unseen = lines.filter((line) => {
      const key = JSON.stringify(line);
      const count = (now.get(key) ?? 0) + 1;
      now.set(key, count);
      return count > (seen.get(key) ?? 0);
    });
    seen = now;
    return unseen;
  };
}
