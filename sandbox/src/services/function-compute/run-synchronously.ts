import type { SandboxClock } from '../../world/clock.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { functionComputeError } from './errors.ts';
import type { Invocation } from './invocation.ts';

/**
 * Runs one request at once. Throws `ResourceExhausted` when the function's concurrency is used up,
 * which counts as an invocation that ran nothing. Never tried again.
 */
export async function runSynchronously(
  deployed: DeployedFunction,
  request: { readonly requestId: string; readonly payload: Buffer },
  options: { readonly clock: SandboxClock; readonly onEnded: (invocation: Invocation) => void },
): Promise<Invocation> {
  const attempt = { ...request, attempt: 1, mode: 'sync' } as const;
  const run = deployed.tryRun(attempt);
  if (run !== undefined) {
    const invocation = await run;
    options.onEnded(invocation);
    return invocation;
  }
  const error = functionComputeError('ResourceExhausted');
  options.onEnded({
    ...attempt,
    functionName: deployed.config.name,
    status: 'throttled',
    errorType: error.code,
    errorMessage: error.message,
    result: Buffer.alloc(0),
    durationMs: 0,
    startedAtMs: options.clock.now(),
    instanceId: undefined,
    stdout: [],
    stderr: [],
  });
  throw error;
}
