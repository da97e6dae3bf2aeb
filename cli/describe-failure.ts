import { FunctionFailed } from '../alicloud/function-compute/function-failed.ts';
import { StackFailed } from '../alicloud/resource-orchestration/stack-failed.ts';
import { SettingsError } from '../alicloud/settings.ts';
import {
  AccountsFailed,
  InputRejected,
  isCloudError,
  NoAccountInScope,
  ResultsNotStored,
} from '../workflows/onboarding/errors.ts';
import { adviseOperator } from './advice.ts';
import { UsageError } from './command.ts';
import { ExplainedError } from './explained-error.ts';

/** What went wrong, for a person: what, why, and what to do. `commandName` for where to read on. */
export function describeFailure(error: unknown, commandName?: string): string[] {
  if (isCloudError(error)) {
    const { operation, code, message, requestId } = error;
    return [
      `${operation} failed: ${code}: ${message}`,
      ...(requestId === undefined ? [] : [`Request id: ${requestId}`]),
      adviseOperator(error),
    ];
  }
  if (error instanceof FunctionFailed) {
    const { errorName, errorType, message, requestId } = error;
    return [
      `The function failed: ${errorName ?? errorType}: ${message}`,
      ...(requestId === undefined
        ? []
        : [`Request id: ${requestId}, in the function's log (logstore function-logs).`]),
    ];
  }
  if (error instanceof UsageError) {
    const help = commandName === undefined ? 'onboard --help' : `onboard ${commandName} --help`;
    return [error.message, `${help} says how it is used.`];
  }
  if (isExplained(error)) return [error.message];
  return [`Unexpected ${String(error)}`, 'Run it again with --debug to see where it came from.'];
}

/** Errors whose message says all: what happened and what to do. */
function isExplained(error: unknown): error is Error {
  return (
    error instanceof ExplainedError ||
    error instanceof SettingsError ||
    error instanceof StackFailed ||
    error instanceof NoAccountInScope ||
    error instanceof InputRejected ||
    error instanceof AccountsFailed ||
    error instanceof ResultsNotStored
  );
}
