import { functionComputeError } from './errors.ts';

/** The requests that one function may run at the same time. */
export interface FunctionSlots {
  isFull(): boolean;
  take(): void;
  free(): void;
  reserved(): number | undefined;
  /**
   * So many of the account's are this function's alone from now on; without a number it shares what
   * nobody reserved. What runs goes on. Throws `InvalidArgument` when more would be reserved than
   * there is.
   */
  reserve(reserved: number | undefined): void;
  /** Gives back what the function reserved: it is gone. */
  release(): void;
}

export interface AccountConcurrency {
  slotsFor(reserved: number | undefined): FunctionSlots;
}

interface Share {
  reserved: number | undefined;
  busy: number;
}

/** Source: "Quotas and limits" (100 instances of an account in a region), `PutConcurrencyConfig`. */
export function createAccountConcurrency(limit: number): AccountConcurrency {
  const shares = new Set<Share>();
  const sum = (numberOf: (share: Share) => number) =>
    [...shares].reduce((total, share) => total + numberOf(share), 0);
  const reservedInAll = () => sum(({ reserved }) => reserved ?? 0);
  const sharedBusy = () => sum(({ reserved, busy }) => (reserved === undefined ? busy : 0));

  function reserve(share: Share, reserved: number | undefined): void {
    const left = limit - reservedInAll() + (share.reserved ?? 0);
    if (reserved !== undefined && reserved > left) {
      throw functionComputeError(
        'InvalidArgument',
        `concurrencyConfig.reservedConcurrency: ${reserved} of the account's ${limit}, of which ${left} are left`,
      );
    }
    share.reserved = reserved;
  }

  return {
    slotsFor: (reserved) => {
      const share: Share = { reserved: undefined, busy: 0 };
      reserve(share, reserved);
      shares.add(share);
      return {
        isFull: () =>
          share.reserved === undefined
            ? sharedBusy() >= limit - reservedInAll()
            : share.busy >= share.reserved,
        take: () => {
          share.busy += 1;
        },
        free: () => {
          share.busy -= 1;
        },
        reserved: () => share.reserved,
        reserve: (changed) => reserve(share, changed),
        release: () => void shares.delete(share),
      };
    },
  };
}
