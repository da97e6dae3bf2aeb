import type { Credentials } from '../credentials.ts';

export const OPERATION = 'InvokeFunction';

/** Where a function is, and whose credentials call it. */
export interface FunctionTarget {
  /** Of FC 2.0 only. */
  readonly service?: string;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly endpoint: URL;
  readonly credentials: Credentials;
}

export interface Invocation {
  readonly payload: Buffer;
  readonly type: 'Sync' | 'Async';
  readonly taskId?: string;
  readonly timeoutMs: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** A whole answer, read to its last byte. A function's own error is one too. */
export interface InvocationAnswer {
  readonly statusCode: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** One request, never repeated. Rejects with a `CloudError` for every status that is no success. */
export type SendInvocation = (invocation: Invocation) => Promise<InvocationAnswer>;

/** Of Function Compute 3.0, or with a service of 2.0. */
export interface FunctionName {
  readonly service?: string;
  readonly name: string;
}

/** Of each part: up to 128 letters, digits, `_` and `-`, the first no digit and no `-`. Source:
 * Function Compute, "CreateFunction", functionName. */
const FUNCTION_NAME = /^(?:([A-Za-z_][\w-]{0,127})\/)?([A-Za-z_][\w-]{0,127})$/;

/** `name` or `service/name`; `undefined` for what is neither. */
export function parseFunctionName(text: string): FunctionName | undefined {
  const [, service, name] = FUNCTION_NAME.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, service };
}
