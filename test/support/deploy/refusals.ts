import type { TypedFault } from '../../../sandbox/src/services/typed-faults.ts';
import type { DeployWorld } from './world.ts';

/** How an operation is refused. */
export const REFUSALS = [
  { code: 'SandboxRefused', status: 403, message: 'You are not allowed to.' },
  { code: 'SandboxInvalid', status: 400, message: 'That can not be.' },
  { code: 'SandboxQuota', status: 409, message: 'There are too many of them already.' },
] as const;

export type Operation = Pick<TypedFault, 'service' | 'operation'>;

/** From now on, or only the nth call of it. */
export function refuse(
  { sandbox }: DeployWorld,
  at: Operation,
  refusal: (typeof REFUSALS)[number],
  nth?: number,
): void {
  const when = nth === undefined ? ({ always: true } as const) : { nth };
  sandbox.faults.add({ ...at, effect: { kind: 'error', ...refusal }, when } as TypedFault);
}
