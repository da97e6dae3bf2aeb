import { FunctionFailed } from '../alicloud/function-compute/function-failed.ts';
import { StackFailed } from '../alicloud/resource-orchestration/stack-failed.ts';
import { SettingsError } from '../alicloud/settings-error.ts';
import { isCloudError } from '../workflows/onboarding/errors.ts';
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
    const said = errorName === undefined ? message : ofWorkflow(errorName, message, texts);
    return [
      failure.function(errorName ?? errorType, said ?? message),
      ...(requestId === undefined ? [] : [failure.functionRequestId(requestId)]),
    ];
  }
  if (error instanceof UsageError) {
    const command = commandName === undefined ? 'onboard' : `onboard ${commandName}`;
    return [error.say(texts), failure.readHelp(command)];
  }
  if (error instanceof ExplainedError) return [error.say(texts)];
  if (error instanceof SettingsError) return [failure.settings(error.fault)];
  if (error instanceof StackFailed) return [error.message];
  const said = error instanceof Error ? ofWorkflow(error.name, error.message, texts) : undefined;
  return said === undefined ? [failure.unexpected(String(error)), failure.debug] : [said];
}

/** What a run ended with says all: what happened and what to do. `undefined`: it is none of these. */
function ofWorkflow(name: string, message: string, { failure }: Texts): string | undefined {
  return Object.hasOwn(failure.workflow, name)
    ? failure.workflow[name as keyof typeof failure.workflow](message)
    : undefined;
}
