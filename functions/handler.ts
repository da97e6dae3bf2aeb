import { connect } from '../alicloud/connect.ts';
import { parseFunctionCredentials, readSettings } from '../alicloud/settings.ts';
import type { ParsedInput } from '../workflows/onboarding/payload.ts';
import { onboard } from '../workflows/onboarding/run.ts';
import type { RunSummary } from '../workflows/onboarding/summary.ts';

/**
 * What is used of the context that Function Compute 3.0 hands to a Node.js handler. Source: the
 * user guide of Function Compute, "Node.js runtime: context".
 */
export interface FunctionContext {
  readonly requestId: string;
  /** Of the management account, in which the functions run. */
  readonly accountId: string;
  readonly region: string;
  /** Of the function's role, if it has one. */
  readonly credentials?: unknown;
  readonly function: {
    /** Seconds. */
    readonly timeout: number;
  };
}

export type Handler = (event: Uint8Array, context: FunctionContext) => Promise<RunSummary>;

/** Where a handler takes its settings and its cloud from. */
export interface Surroundings {
  readonly readSettings: typeof readSettings;
  readonly connect: typeof connect;
}

/** A handler for one kind of input: parse, call, answer. Default: in the environment of its process. */
export function createHandler(
  parse: (event: Uint8Array, managementAccountId: string) => ParsedInput,
  surroundings: Surroundings = { readSettings, connect },
): Handler {
  return async (event, context) => {
    const settings = surroundings.readSettings(context.region);
    const ports = surroundings.connect(settings, parseFunctionCredentials(context.credentials));
    return onboard(parse(event, context.accountId), ports, settings.onboarding, {
      functionRequestId: context.requestId,
      managementAccountId: context.accountId,
      startedAtMs: ports.clock.now(),
      timeoutMs: context.function.timeout * 1000,
    });
  };
}
