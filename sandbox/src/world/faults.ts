import type { ErrorTable } from '../protocols/service-error.ts';
import { seededRandom } from './random.ts';

/** What goes wrong with one call. */
export type FaultEffect =
  /** Answers with this code of the service's error table; `status` and `message` override it. */
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly status?: number;
      readonly message?: string;
      /** Sent as the header `x-acs-retry-after`. */
      readonly retryAfterMs?: number;
    }
  /** Closes the connection without an answer. */
  | { readonly kind: 'reset' }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Sends half of the answer's body, then closes. */
  | { readonly kind: 'cut-body' }
  /** 503 with a page of HTML, as a load balancer does. */
  | { readonly kind: 'html-503' }
  /** 500 with nothing in it. */
  | { readonly kind: 'empty-500' };

/** Which calls of the operation it hits, counted from 1 over the calls that match. */
type FaultWhen =
  | { readonly first: number }
  | { readonly nth: number }
  | { readonly always: true }
  | { readonly probability: number; readonly seed: number };

export interface Fault {
  readonly service: string;
  /** An operation's name, or `*`. */
  readonly operation: string;
  readonly effect: FaultEffect;
  readonly when: FaultWhen;
  /** The call takes effect and only its answer is lost. Default: it takes no effect. */
  readonly afterEffect?: boolean;
}

/** A fault in force. */
export interface ActiveFault extends Fault {
  /** What it is removed by. */
  readonly id: string;
  /** Calls that it hit. */
  readonly hits: number;
}

/** The faults in force. */
export interface Faults {
  /** Returns its id. Throws a `RangeError` for what could never apply, and says what is known. */
  add(fault: Fault): string;
  /** In the order they were added. */
  list(): readonly ActiveFault[];
  /** False when there is none of that id. */
  remove(id: string): boolean;
  /** Refuses faults of other services, operations and codes from now on. */
  limitTo(services: readonly FaultableService[]): void;
  clear(): void;
  /** Counts this call and says what hits it, if anything: the first fault that applies. */
  next(service: string, operation: string): Fault | undefined;
}

export function createFaults(): Faults {
  let known: readonly FaultableService[] | undefined;
  let rules: { readonly id: string; readonly fault: Fault; applies(): boolean; hits: number }[] =
    [];
  let added = 0;

  return {
    add(fault) {
      const unknown = known && unknownInFault(fault, known);
      if (unknown !== undefined) throw new RangeError(unknown);
      added += 1;
      const id = `fault-${added}`;
      rules.push({ id, fault, applies: counting(fault.when), hits: 0 });
      return id;
    },
    list: () => rules.map(({ id, fault, hits }) => ({ id, ...fault, hits })),
    remove(id) {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    limitTo(services) {
      known = services;
    },
    clear() {
      rules = [];
    },
    next(service, operation) {
      let hit: (typeof rules)[number] | undefined;
      for (const rule of rules) {
        const { fault } = rule;
        if (fault.service !== service) continue;
        if (fault.operation !== '*' && fault.operation !== operation) continue;
        // Every matching fault counts the call, also when an earlier one hits it.
        const applies = rule.applies();
        if (applies) hit ??= rule;
      }
      if (hit !== undefined) hit.hits += 1;
      return hit?.fault;
    },
  };
}

/** Says of each call, in turn, whether the fault hits it. */
function counting(when: FaultWhen): () => boolean {
  if ('always' in when) return () => true;
  if ('probability' in when) {
    if (!(when.probability >= 0 && when.probability <= 1)) {
      throw new RangeError(`A probability is from 0 to 1: ${when.probability}`);
    }
    const random = seededRandom(when.seed);
    return () => random() < when.probability;
  }
  if (!('nth' in when || 'first' in when)) {
    throw new RangeError(`A fault's \`when\` has first, nth, always, or probability and seed.`);
  }
  let count = 0;
  if ('nth' in when) return () => ++count === when.nth;
  return () => ++count <= when.first;
}

/** What a fault may name of one service. */
export interface FaultableService {
  readonly service: string;
  readonly operations: readonly string[];
  readonly errors: ErrorTable;
}

/**
 * What the fault names and no service has, with what there is instead. A code that no table has may
 * be given with its status: services answer with more codes than they document.
 */
function unknownInFault(
  { service, operation, effect }: Fault,
  services: readonly FaultableService[],
): string | undefined {
  const known = services.find((each) => each.service === service);
  if (known === undefined) {
    return unknown(
      'service',
      service,
      services.map((each) => each.service),
    );
  }
  if (operation !== '*' && !known.operations.includes(operation)) {
    return unknown(`operation of ${service}`, operation, ['*', ...known.operations]);
  }
  if (effect.kind !== 'error' || effect.status !== undefined) return undefined;
  return Object.hasOwn(known.errors, effect.code)
    ? undefined
    : `${unknown(`code of ${service}`, effect.code, Object.keys(known.errors))}, or any with its status`;
}

function unknown(what: string, name: string, known: readonly string[]): string {
  return `There is no ${what} '${name}'. Known: ${[...new Set(known)].sort().join(', ')}`;
}
