import { randomUUID } from 'node:crypto';
import { type Activatable, type Activation, createActivation } from './activation.ts';
import { type ClockOptions, createClock, type SandboxClock } from './clock.ts';
import { createFaults, type Faults } from './faults.ts';
import { createIdentities, type Identities, type KeyKind } from './identities.ts';
import { createJournal, type Journal } from './journal.ts';
import { createQuotas, type Quotas } from './quotas.ts';

/** What every service of the sandbox shares. */
export interface World {
  readonly activation: Activation;
  readonly clock: SandboxClock;
  readonly faults: Faults;
  readonly identities: Identities;
  readonly journal: Journal;
  readonly quotas: Quotas;
  readonly region: string;
  /** A request id as the services print them: an upper-case UUID. */
  newRequestId(): string;
}

export interface WorldOptions extends ClockOptions {
  /** Default `cn-hangzhou`. */
  readonly region?: string;
  /** How many calls the journal keeps. Default 10 000. */
  readonly journalSize?: number;
  /** Default `random`. */
  readonly keys?: KeyKind;
  /** Services that the account never activated. Default: none. */
  readonly notActivated?: readonly Activatable[];
}

export function createWorld(options: WorldOptions = {}): World {
  const clock = createClock(options);
  return {
    activation: createActivation(options.notActivated),
    clock,
    faults: createFaults(),
    identities: createIdentities(clock, options.keys),
    journal: createJournal(options.journalSize),
    quotas: createQuotas(clock),
    region: options.region ?? 'cn-hangzhou',
    newRequestId: () => randomUUID().toUpperCase(),
  };
}
