import { createInterface } from 'node:readline/promises';
import type { ReadStream } from 'node:tty';
import type { Ask } from './confirm.ts';

/**
 * Asks on a terminal, on standard error, so that a result that is piped away is no part of it;
 * `undefined` where there is none. An interruption rejects with the signal's reason.
 */
export function askOn(
  stdin: ReadStream,
  stderr: NodeJS.WriteStream,
  interrupted: AbortSignal,
  interrupt: () => void,
): Ask | undefined {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return async (question) => {
    interrupted.throwIfAborted();
    const terminal = createInterface({ input: stdin, output: stderr });
    // While it reads, the terminal gives Ctrl-C to it and not to the process.
    terminal.on('SIGINT', interrupt);
    const closed = new Promise<undefined>((resolve) =>
      terminal.once('close', () => resolve(undefined)),
    );
    try {
      return await Promise.race([terminal.question(question, { signal: interrupted }), closed]);
    } catch (error) {
      interrupted.throwIfAborted();
      throw error;
    } finally {
      terminal.close();
    }
  };
}
