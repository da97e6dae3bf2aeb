import type { Command } from '../command.ts';
import { account } from './account.ts';
import { backfill } from './backfill.ts';
import { completion } from './completion.ts';
import { doctor } from './doctor.ts';
import { logs } from './logs.ts';
import { replay } from './replay.ts';
import { report } from './report.ts';
import { runs } from './runs.ts';
import { setup } from './setup.ts';
import { status } from './status.ts';

/** In the order in which they are needed. */
export const COMMANDS: readonly Command[] = [
  setup,
  doctor,
  backfill,
  status,
  report,
  account,
  runs,
  logs,
  replay,
  completion,
];
