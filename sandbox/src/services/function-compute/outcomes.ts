import type { Outcome } from './invocation.ts';

/** What does not depend on how long it ran and what it printed. */
export type Ended = Omit<Outcome, 'durationMs' | 'stdout' | 'stderr'>;

/** Of what `runtime/runner.cjs` answers. */
export function answeredOutcome(head: unknown, body: Buffer): Ended {
  if (!isRecord(head) || head.ok === true) return { status: 'succeeded', result: body };
  const { ok: _ok, connections: _connections, handled, ...error } = head;
  return failure(
    'failed',
    handled === true ? 'HandledInvocationError' : 'UnhandledInvocationError',
    error,
  );
}

/** Wording: "Error handling" of the Node.js runtime; that of a time-out is older and inferred. */
export function endedOutcome(reason: 'killed' | 'timed-out' | undefined, timeoutMs: number): Ended {
  return reason === 'timed-out'
    ? failure('timed-out', 'UnhandledInvocationError', {
        errorMessage: `Function timed out after ${timeoutMs / 1000} seconds`,
      })
    : failure(reason ?? 'failed', 'UnhandledInvocationError', {
        errorMessage: 'Process exited unexpectedly before completing request',
      });
}

function failure(
  status: 'failed' | 'killed' | 'timed-out',
  errorType: string,
  error: Readonly<Record<string, unknown>>,
): Ended {
  return {
    status,
    errorType,
    ...(typeof error.errorType === 'string' ? { errorName: error.errorType } : {}),
    ...(typeof error.errorMessage === 'string' ? { errorMessage: error.errorMessage } : {}),
    result: Buffer.from(JSON.stringify(error)),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
