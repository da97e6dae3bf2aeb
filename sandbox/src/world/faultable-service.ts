import type { ErrorTable } from '../protocols/service-error.ts';
import type { Fault } from './faults.ts';

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
export function unknownInFault(
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
