import type { Texts } from './en.ts';
import { commands } from './zh/commands.ts';
import { confirm } from './zh/confirm.ts';
import { doctor } from './zh/doctor.ts';
import { advice, failure, usage } from './zh/failure.ts';
import { help } from './zh/help.ts';
import { account, logs, runs } from './zh/history.ts';
import { recommendation } from './zh/recommendation.ts';
import { report } from './zh/report.ts';
import { retry } from './zh/retry.ts';
import { run } from './zh/run.ts';
import { setup } from './zh/setup.ts';
import { status } from './zh/status.ts';
import { whereabouts } from './zh/whereabouts.ts';

/** All that the command says to a person, in Chinese. */
export const zh: Texts = {
  lang: 'zh',
  recommendation,
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
    units: { d: '天', h: '小时', m: '分', s: '秒' },
    spacer: ' ',
    unknown: '时间未知',
    justNow: '刚刚',
    ago: (duration) => `${duration}前`,
    about: (duration) => `约 ${duration}`,
    fewSeconds: '几秒',
  },
};
