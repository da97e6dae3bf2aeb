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
import { ExplainedError, UsageError } from './errors.ts';
import type { Texts } from './texts/en.ts';

/** What went wrong, for a person: what, why, and what to do. `commandName` for where to read on. */
export function describeFailure(error: unknown, texts: Texts, commandName?: string): string[] {
  const { failure } = texts;
  if (isCloudError(error)) {
    const { operation, code, message, requestId } = error;
    return [
      failure.cloud(operation, code, message),
      ...(requestId === undefined ? [] : [failure.requestId(requestId)]),
      adviseOperator(error, texts),
    ];
  }
  if (error instanceof FunctionFailed) {
    const { errorName, errorType, message, requestId } = error;
    return [
      failure.function(errorName ?? errorType, message),
      ...(requestId === undefined ? [] : [failure.functionRequestId(requestId)]),
    ];
  }
  if (error instanceof UsageError) {
    const command = commandName === undefined ? 'onboard' : `onboard ${commandName}`;
    return [error.say(texts), failure.readHelp(command)];
  }
  if (error instanceof ExplainedError) return [error.say(texts)];
  if (isExplained(error)) return [error.message];
  return [failure.unexpected(String(error)), failure.debug];
}

/** Errors whose message says all: what happened and what to do. */
function isExplained(error: unknown): error is Error {
  return (
    error instanceof SettingsError ||
    error instanceof StackFailed ||
    error instanceof NoAccountInScope ||
    error instanceof InputRejected ||
    error instanceof AccountsFailed ||
    error instanceof ResultsNotStored
  );
}
