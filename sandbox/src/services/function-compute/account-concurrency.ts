import { functionComputeError } from './errors.ts';

/** The requests that one function may run at the same time. */
export interface ConcurrencySlots {
  isFull(): boolean;
  take(): void;
  free(): void;
  /** Gives back what the function reserved. */
  release(): void;
}

export interface AccountConcurrency {
  /**
   * `reserved` of the account's are the function's alone; without it the function shares what nobody
   * reserved. Throws `InvalidArgument` when more would be reserved than there is.
   */
  slotsFor(reserved: number | undefined): ConcurrencySlots;
}

/** Source: "Quotas and limits" (100 instances of an account in a region), `PutConcurrencyConfig`. */
export function createAccountConcurrency(limit: number): AccountConcurrency {
  let reservedInAll = 0;
  let sharedBusy = 0;

  const shared: ConcurrencySlots = {
    isFull: () => sharedBusy >= limit - reservedInAll,
    take: () => {
      sharedBusy += 1;
    },
    free: () => {
      sharedBusy -= 1;
    },
    release: () => {},
  };

  return {
    slotsFor: (reserved) => {
      if (reserved === undefined) return shared;
      const left = limit - reservedInAll;
      if (reserved > left) {
        throw functionComputeError(
          'InvalidArgument',
          `concurrencyConfig.reservedConcurrency: ${reserved} of the account's ${limit}, of which ${left} are left`,
        );
      }
      reservedInAll += reserved;
      let busy = 0;
      return {
        isFull: () => busy >= reserved,
        take: () => {
          busy += 1;
        },
        free: () => {
          busy -= 1;
        },
        release: () => {
          reservedInAll -= reserved;
        },
      };
    },
  };
}
