import { parseFunctionName } from '../../alicloud/function-compute/function-name.ts';
import { UsageError } from '../command.ts';

/** What `backfill` and `replay` both take, about where and how a run runs. */
export const RUN_OPTIONS = {
  'dry-run': { type: 'boolean', help: 'Shows the plan, and changes nothing' },
  function: {
    type: 'string',
    value: 'NAME',
    help: 'The deployed function (backfill); service/name on Function Compute 2.0',
  },
  local: {
    type: 'boolean',
    help: 'Runs here, with these credentials, instead of in the function',
  },
  wait: {
    type: 'string',
    value: 'SECONDS',
    help: 'How long to wait for the end, at most (840: what the function may take, and a minute). A --local run ends with it, and has recorded by then',
  },
} as const;

const DEFAULT_FUNCTION = 'backfill';
/** The function's time limit in s.yaml, and a minute until its last result can be read. */
const DEFAULT_WAIT_SECONDS = 840;
const LONGEST_WAIT_SECONDS = 86_400;

/** Throws a `UsageError` for what is no function's name, or makes no sense beside `--local`. */
export function functionNameOf(name: string | undefined, isLocal: boolean): string {
  if (isLocal && name !== undefined) {
    throw new UsageError('--local runs here: there is no --function to name.');
  }
  if (name !== undefined && parseFunctionName(name) === undefined) {
    throw new UsageError(`${name} is no function: give its name, or service/name on FC 2.0.`);
  }
  return name ?? DEFAULT_FUNCTION;
}

/** Milliseconds. Throws a `UsageError`. */
export function waitMsOf(seconds: string | undefined): number {
  if (seconds === undefined) return DEFAULT_WAIT_SECONDS * 1000;
  const value = Number(seconds);
  if (!/^\d+$/.test(seconds) || value < 1 || value > LONGEST_WAIT_SECONDS) {
    throw new UsageError(
      `--wait ${seconds} is no whole number of seconds from 1 to ${LONGEST_WAIT_SECONDS}.`,
    );
  }
  return value * 1000;
}
