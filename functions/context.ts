import type { Credentials } from '../alicloud/credentials.ts';
import type { Invocation } from '../workflows/onboarding/time-budget.ts';

/**
 * What is used of the context that Function Compute 3.0 hands to a Node.js handler. Source: the
 * user guide of Function Compute, "Node.js runtime: context".
 */
export interface FunctionContext {
  readonly requestId: string;
  readonly accountId: string;
  readonly region: string;
  /** Of the function's role. */
  readonly credentials: Credentials;
  readonly function: {
    /** Seconds. */
    readonly timeout: number;
  };
}

export function invocationOf(context: FunctionContext, startedAtMs: number): Invocation {
  return {
    functionRequestId: context.requestId,
    managementAccountId: context.accountId,
    startedAtMs,
    timeoutMs: context.function.timeout * 1000,
  };
}
