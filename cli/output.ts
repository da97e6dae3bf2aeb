import pc from 'picocolors';

/** Where a command says what it has to say. Results go to standard output, the rest beside it. */
export interface Output {
  /** Lines of the result; on a terminal one that is too long is broken between words. */
  line(text?: string): void;
  /** Sentences of the result: on a terminal broken between words, in a pipe one line. */
  paragraph(text: string, style?: (line: string) => string): void;
  /** A result as it is, its line ends its own: for a file, or what somebody else wrote. */
  raw(text: string): void;
  /** The result of `--json`: one object in one line, with nothing left out. */
  json(result: JsonResult): void;
  /** A remark for a person, on standard error. */
  note(text: string): void;
  /**
   * What is going on right now, on standard error. On a terminal it replaces what it said before,
   * `timing` behind it; in a pipe it is a plain line, and only when `text` differs from the last
   * one: a clock that ticks is no news there.
   */
  progress(text: string, timing?: string): void;
  /** Ends the progress, so that the next line stands alone. */
  endProgress(): void;
  /** Columns to fit tables into: of the terminal; without end in a pipe, where nothing is cut. */
  readonly width: number;
  readonly style: Style;
}

/** With `--json`, which is the result: what is for a person beside it is still said. */
export function withoutResult(output: Output): Output {
  return { ...output, line: () => undefined, paragraph: () => undefined };
}

/** Its shape is in `cli/schemas/`; `schemaVersion` changes when the meaning of a key does. */
export interface JsonResult {
  readonly schemaVersion: number;
  readonly [key: string]: unknown;
}

export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  warning(text: string): string;
  bad(text: string): string;
}

export function createStyle(enabled: boolean): Style {
  const { bold, dim, green, yellow, red } = pc.createColors(enabled);
  return { bold, dim, good: green, warning: yellow, bad: red };
}

/** The same colour for an outcome, or a state, wherever it is shown. */
export function styleOfOutcome(outcome: string, style: Style): (text: string) => string {
  if (outcome === 'covered' || outcome === 'already-covered') return style.good;
  if (outcome === 'failed' || outcome === 'overdue') return style.bad;
  return outcome === 'pending' ? style.warning : style.dim;
}
