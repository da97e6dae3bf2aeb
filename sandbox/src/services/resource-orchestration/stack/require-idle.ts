import { rosError } from '../errors.ts';
import type { Stack } from './stack.ts';

/** Throws `ActionInProgress`. A stack in review is idle. */
export function requireIdle(stack: Stack): void {
  const action = /^(.+)_IN_PROGRESS$/.exec(stack.status)?.[1];
  if (action === undefined || action === 'REVIEW') return;
  throw rosError(
    'ActionInProgress',
    `Stack ${stack.name} already has an action (${action}) in progress.`,
  );
}
