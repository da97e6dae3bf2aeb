import type { SandboxClock } from './clock.ts';

/** At most `calls` in any window of `windowMs`, per account. */
export interface Quota {
  readonly calls: number;
  readonly windowMs: number;
}

/** Of one operation, or of all. */
export interface QuotaSwitch {
  readonly service: string;
  readonly operation: string;
  readonly enabled: boolean;
}

export interface Quotas {
  /** For all operations, also those that were switched by themselves. On by default. */
  setEnabled(enabled: boolean): void;
  /** For one operation, whatever holds for the others. */
  setEnabledFor(service: string, operation: string, enabled: boolean): void;
  readonly enabled: boolean;
  /** Operations that were switched by themselves. */
  switches(): readonly QuotaSwitch[];
  /**
   * Counts one call; false when it is over the quota. What follows the operation's name after a
   * space is counted apart: `PutLogs project/logstore`.
   */
  take(accountId: string, service: string, operation: string, quota: Quota): boolean;
}

/**
 * A call that is refused takes nothing of the quota. Windows pass in real time, also on a hurried
 * clock: whoever calls does so in real time.
 */
export function createQuotas(clock: SandboxClock): Quotas {
  let isEnabled = true;
  const switches = new Map<string, QuotaSwitch>();
  const takenAtMs = new Map<string, number[]>();

  return {
    get enabled() {
      return isEnabled;
    },
    setEnabled(enabled) {
      isEnabled = enabled;
      switches.clear();
    },
    setEnabledFor(service, operation, enabled) {
      switches.set(`${service} ${operation}`, { service, operation, enabled });
    },
    switches: () => [...switches.values()],
    take(accountId, service, operation, quota) {
      const [name] = operation.split(' ');
      if (!(switches.get(`${service} ${name}`)?.enabled ?? isEnabled)) return true;
      const key = `${accountId} ${service} ${operation}`;
      const nowMs = clock.unhurriedNow();
      const recent = takenAtMs.get(key) ?? [];
      takenAtMs.set(key, recent);
      // In the order of time: writers of logs take a thousand a second, and each would look at all.
      while ((recent[0] ?? nowMs) <= nowMs - quota.windowMs) recent.shift();
      if (recent.length >= quota.calls) return false;
      recent.push(nowMs);
      return true;
    },
  };
}
