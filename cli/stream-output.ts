import pc from 'picocolors';
import type { Output, Style } from './output.ts';
import { displayWidth, truncateText, wrapText } from './text-width.ts';

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

const PIPE_WIDTH = 80;
const NARROWEST_TERMINAL = 40;
const REWRITE_LINE = '\r\x1b[2K';

/** Each stream by itself: a result that is piped away leaves the progress on the terminal alive. */
export function createStreamOutput({ stdout, stderr, colors }: StreamOutputOptions): Output {
  const isLive = stderr.isTTY === true;
  let shown = '';

  const clear = () => {
    if (isLive && shown !== '') stderr.write(REWRITE_LINE);
    shown = '';
  };
  return {
    line(text = '') {
      clear();
      stdout.write(`${text}\n`);
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
    note(text) {
      clear();
      stderr.write(`${isLive ? wrapNote(text, widthOf(stderr)) : text}\n`);
    },
    progress(text, timing) {
      const whole = timing === undefined ? text : `${text} · ${timing}`;
      if (isLive) {
        // A line that wraps could not be rewritten.
        stderr.write(`${REWRITE_LINE}${truncateText(whole, widthOf(stderr) - 1)}`);
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
function wrapNote(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => (isWhole(line, width) ? [line] : wrapText(line, width)))
    .join('\n');
}

function isWhole(line: string, width: number): boolean {
  return line.startsWith('  ') || displayWidth(line) <= width;
}

function widthOf({ isTTY, columns }: TextStream): number {
  if (isTTY !== true || columns === undefined || columns === 0) return PIPE_WIDTH;
  return Math.max(NARROWEST_TERMINAL, columns);
}

function createStyle(enabled: boolean): Style {
  const { bold, dim, green, yellow, red } = pc.createColors(enabled);
  return { bold, dim, good: green, warning: yellow, bad: red };
}
