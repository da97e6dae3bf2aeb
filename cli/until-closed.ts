import type { TextStream } from './stream-output.ts';

/** What is used of `process.stdout` and `process.stderr`. */
interface ProcessStream extends TextStream {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * `onboard status | head`: who reads has had enough. From then on nothing is written, and the
 * command goes on to its end and to its own exit code.
 */
export function untilClosed(stream: ProcessStream): TextStream {
  let isClosed = false;
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    isClosed = true;
  });
  return {
    write: (text) => isClosed || stream.write(text),
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns ?? 0;
    },
  };
}
