import { noAnswer } from './failure.ts';

/**
 * Bounds a whole call: connecting, sending, and reading the answer to its last byte. The clients'
 * own timeouts are idle timeouts or stop before the body. The signal is aborted when the call is
 * over, however it ended, so that nothing stays open behind it.
 */
export async function withTimeout<T>(
  operation: string,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (timeoutMs <= 0) {
    throw noAnswer(operation, 'no time left for the call');
  }
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(noAnswer(operation, `not within ${timeoutMs} ms`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([run(over.signal), expired]);
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/** How much of `timeoutMs` is left, for what takes several calls and is bounded as a whole. */
export function timeLeft(timeoutMs: number): () => number {
  const startedMs = performance.now();
  return () => Math.ceil(timeoutMs - (performance.now() - startedMs));
}
