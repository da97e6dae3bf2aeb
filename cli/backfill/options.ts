import type { Command as Commander, OptionValues } from '@commander-js/extra-typings';
import { parseFunctionName } from '../../alicloud/function-compute/invocation.ts';
import { UsageError } from '../errors.ts';
import type { Texts } from '../texts/en.ts';

/** Adds what `backfill` and `replay` both take, about where and how a run runs. */
export function declareRunOptions<Options extends OptionValues>(
  command: Commander<[], Options>,
  texts: Texts['commands']['replay']['options'],
) {
  return command
    .option('--dry-run', texts.dryRun)
    .option('--function <name>', texts.function)
    .option('--local', texts.local)
    .option('--wait <seconds>', texts.wait);
}

const DEFAULT_FUNCTION = 'backfill';
/** The function's time limit in s.yaml, and a minute until its last result can be read. */
const DEFAULT_WAIT_SECONDS = 840;
const LONGEST_WAIT_SECONDS = 86_400;

/** Throws a `UsageError` for what is no function's name, or makes no sense beside `--local`. */
export function functionNameOf(name: string | undefined, isLocal: boolean | undefined): string {
  if (isLocal && name !== undefined) {
    throw new UsageError(({ usage }) => usage.localHasNoFunction);
  }
  if (name !== undefined && parseFunctionName(name) === undefined) {
    throw new UsageError(({ usage }) => usage.functionName(name));
  }
  return name ?? DEFAULT_FUNCTION;
}

/** Milliseconds. Throws a `UsageError`. */
export function waitMsOf(seconds: string | undefined): number {
  if (seconds === undefined) return DEFAULT_WAIT_SECONDS * 1000;
  const value = Number(seconds);
  if (!/^\d+$/.test(seconds) || value < 1 || value > LONGEST_WAIT_SECONDS) {
    throw new UsageError(({ usage }) => usage.wait(seconds, LONGEST_WAIT_SECONDS));
  }
  return value * 1000;
}
