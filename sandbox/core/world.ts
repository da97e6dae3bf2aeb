import type { SandboxClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Identities } from './identities.ts';
import type { Journal } from './journal.ts';
import type { Quotas } from './quotas.ts';

/** What every service of the sandbox shares. */
export interface World {
  readonly clock: SandboxClock;
  readonly faults: Faults;
  readonly identities: Identities;
  readonly journal: Journal;
  readonly quotas: Quotas;
  readonly region: string;
  /** A request id as the services print them: an upper-case UUID. */
  newRequestId(): string;
}
