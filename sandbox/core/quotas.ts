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
