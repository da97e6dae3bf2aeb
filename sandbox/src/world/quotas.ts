import type { SandboxClock } from './clock.ts';

/** At most `calls` in any window of `windowMs`, per account. */
export interface Quota {
  readonly calls: number;
  readonly windowMs: number;
}

export interface Quotas {
  /** Off: everything passes. On by default. */
  setEnabled(enabled: boolean): void;
  /** Counts one call; false when it is over the quota. */
  take(accountId: string, service: string, operation: string, quota: Quota): boolean;
}

/**
 * A call that is refused takes nothing of the quota. Windows pass in real time, also on a hurried
 * clock: whoever calls does so in real time.
 */
export function createQuotas(clock: SandboxClock): Quotas {
  let isEnabled = true;
  const takenAtMs = new Map<string, number[]>();

  return {
    setEnabled(enabled) {
      isEnabled = enabled;
    },
    take(accountId, service, operation, quota) {
      if (!isEnabled) return true;
      const key = `${accountId} ${service} ${operation}`;
      const nowMs = clock.unhurriedNow();
      const recent = (takenAtMs.get(key) ?? []).filter((atMs) => atMs > nowMs - quota.windowMs);
      takenAtMs.set(key, recent);
      if (recent.length >= quota.calls) return false;
      recent.push(nowMs);
      return true;
    },
  };
}
