import { type RunnableCommand, runnable } from '../runnable.ts';
import { backfill } from './backfill.ts';
import { replay } from './replay.ts';
import { setup } from './setup.ts';
import { status } from './status.ts';

/** In the order in which they are needed. */
export const COMMANDS: readonly RunnableCommand[] = [
  runnable(setup),
  runnable(backfill),
  runnable(status),
  runnable(replay),
];
