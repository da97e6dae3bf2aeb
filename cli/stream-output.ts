import stringWidth from 'fast-string-width';
import { createStyle, type Output } from './output.ts';
import { truncateText, wrapText } from './terminal-text.ts';

/** What is used of a stream of this process. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface StreamOutputOptions {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Whether a terminal may show colours. */
  readonly colors: boolean;
}

/** Of a terminal that does not say how wide it is. */
const USUAL_WIDTH = 80;
const NARROWEST_TERMINAL = 40;
const TICK_MS = 1_000;
const REWRITE_LINE = '\r\x1b[2K';

/** Each stream by itself: a result that is piped away leaves the progress on the terminal alive. */
export function createStreamOutput({ stdout, stderr, colors }: StreamOutputOptions): Output {
  const isLive = stderr.isTTY === true;
  let shown = '';
  let ticking: NodeJS.Timeout | undefined;

  const clear = () => {
    clearInterval(ticking);
    if (isLive && shown !== '') stderr.write(REWRITE_LINE);
    shown = '';
  };
  // A line that wraps could not be rewritten.
  const rewrite = (text: string) =>
    stderr.write(`${REWRITE_LINE}${truncateText(text, widthOf(stderr) - 1)}`);
  /** What brings no clock of its own has this one: one sees that it is alive, and since when. */
  const tick = (text: string) => {
    const sinceMs = Date.now();
    ticking = setInterval(() => {
      rewrite(`${text} · ${Math.round((Date.now() - sinceMs) / 1000)} s`);
    }, TICK_MS);
    ticking.unref();
  };
  return {
    line(text = '') {
      clear();
      stdout.write(`${fitted(text, stdout)}\n`);
    },
    paragraph(text, style = (line) => line) {
      clear();
      const lines = stdout.isTTY === true ? wrapText(text, widthOf(stdout)) : [text];
      for (const line of lines) stdout.write(`${style(line)}\n`);
    },
    raw(text) {
      clear();
      stdout.write(text);
    },
    json(result) {
      clear();
      stdout.write(`${JSON.stringify(result)}\n`);
    },
    note(text) {
      clear();
      stderr.write(`${fitted(text, stderr)}\n`);
    },
    progress(text, timing) {
      const whole = timing === undefined ? text : `${text} · ${timing}`;
      clearInterval(ticking);
      if (isLive) {
        rewrite(whole);
        if (timing === undefined) tick(text);
      } else if (text !== shown) {
        stderr.write(`${whole}\n`);
      }
      shown = text;
    },
    endProgress: clear,
    width: widthOf(stdout),
    style: createStyle(colors && stdout.isTTY === true),
  };
}

/** A terminal would break it in the middle of words. A command, indented, stays whole: to be copied. */
function fitted(text: string, stream: TextStream): string {
  const width = widthOf(stream);
  return text
    .split('\n')
    .flatMap((line) => (isWhole(line, width) ? [line] : wrapText(line, width)))
    .join('\n');
}

function isWhole(line: string, width: number): boolean {
  return line.startsWith('  ') || stringWidth(line) <= width;
}

/** What reads a pipe breaks and cuts for itself. */
function widthOf({ isTTY, columns = 0 }: TextStream): number {
  if (isTTY !== true) return Number.POSITIVE_INFINITY;
  return columns === 0 ? USUAL_WIDTH : Math.max(NARROWEST_TERMINAL, columns);
}

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
