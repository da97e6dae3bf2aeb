import { commands } from './en/commands.ts';
import { confirm } from './en/confirm.ts';
import { doctor } from './en/doctor.ts';
import { advice, failure, usage } from './en/failure.ts';
import { help } from './en/help.ts';
import { account, logs, runs } from './en/history.ts';
import { report } from './en/report.ts';
import { retry } from './en/retry.ts';
import { run } from './en/run.ts';
import { setup } from './en/setup.ts';
import { status } from './en/status.ts';
import { whereabouts } from './en/whereabouts.ts';
import type { Finding } from './finding.ts';

/**
 * All that the command says to a person, in English. Codes, states, options and the names of
 * settings are no texts: they are the same in every language.
 */
export const en = {
  /** Its name, as `--lang` takes it. */
  lang: 'en' as 'en' | 'zh',
  /** A stored recommendation in this language; `undefined`: as it was stored, in English. */
  recommendation: (_: Finding): string | undefined => undefined,
  help,
  commands,
  usage,
  failure,
  advice,
  run,
  status,
  report,
  account,
  runs,
  logs,
  setup,
  confirm,
  retry,
  whereabouts,
  doctor,
  duration: {
    units: { d: 'd', h: 'h', m: 'min', s: 's' },
    /** Between a number and its unit. */
    spacer: ' ',
    unknown: 'at an unknown time',
    justNow: 'just now',
    ago: (duration: string) => `${duration} ago`,
    about: (duration: string) => `about ${duration}`,
    fewSeconds: 'a few seconds',
  },
};

/** What every language has to have. */
export type Texts = typeof en;
