import { invalidParameter, rosError } from '../errors.ts';
import type { Stack } from './stack.ts';

/** Of a stack or a change set. */
export function requireName(parameter: string, name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/.test(name)) {
    throw invalidParameter(parameter, 'it must be 1 to 255 letters, digits, - and _');
  }
}

/** Throws `ActionInProgress`. A stack in review is idle. */
export function requireIdle(stack: Stack): void {
  const action = /^(.+)_IN_PROGRESS$/.exec(stack.status)?.[1];
  if (action === undefined || action === 'REVIEW') return;
  throw rosError(
    'ActionInProgress',
    `Stack ${stack.name} already has an action (${action}) in progress.`,
  );
}
