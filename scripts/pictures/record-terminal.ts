import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import type { IBufferCell, Terminal as XtermTerminal } from '@xterm/headless';
import xterm from '@xterm/headless';

/** What a terminal showed, row by row. */
export interface Recording {
  readonly columns: number;
  readonly durationMs: number;
  readonly rows: readonly (readonly RowVersion[])[];
}

/** What stood in a row, until its next version or the end. */
export interface RowVersion {
  readonly fromMs: number;
  readonly runs: readonly StyledRun[];
}

/** Characters in a row that look alike. */
export interface StyledRun {
  readonly column: number;
  readonly text: string;
  /** Of the 16 colours of a terminal; absent: the usual one. */
  readonly color?: number;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

export interface RecordingOptions {
  /** What is typed, as it is shown. */
  readonly typed: string;
  /** The program and its arguments; they may hold no blanks. */
  readonly command: readonly string[];
  readonly columns: number;
  /** As many as the whole needs: rows that scroll away are not kept. */
  readonly rows: number;
  /** Where nothing is shown for longer, the rest of the wait is left out. */
  readonly longestWaitMs: number;
}

/** Runs a command on a pseudo-terminal, by `script` of util-linux. Rejects when it ends with an error. */
export async function recordTerminal(options: RecordingOptions): Promise<Recording> {
  const { typed, command, columns, longestWaitMs } = options;
  const terminal = new xterm.Terminal({
    cols: columns,
    rows: options.rows,
    allowProposedApi: true,
  });
  const rows: RowVersion[][] = Array.from({ length: options.rows }, () => []);
  let timeMs = 0;
  let lastMs = performance.now();
  const show = async (chunk: string | Uint8Array) => {
    const nowMs = performance.now();
    timeMs += Math.min(nowMs - lastMs, longestWaitMs);
    lastMs = nowMs;
    await new Promise<void>((written) => terminal.write(chunk, written));
    noteChanges(terminal, rows, Math.round(timeMs));
  };

  await show(`$ ${typed}\r\n`);
  const line = `stty cols ${columns} rows ${options.rows} && ${command.join(' ')}`;
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    env: { ...process.env, TERM: 'xterm' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  for await (const chunk of child.stdout) await show(chunk);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${typed} ended with ${code}.`);
  const used = rows.findLastIndex((versions) => versions.length > 0) + 1;
  return { columns, durationMs: Math.round(timeMs), rows: rows.slice(0, used) };
}

/** Adds a version to every row that is not as it was. */
function noteChanges(terminal: XtermTerminal, rows: RowVersion[][], fromMs: number): void {
  const { active } = terminal.buffer;
  for (const [index, versions] of rows.entries()) {
    const runs = runsOf(terminal, active.baseY + index);
    const before = versions.at(-1)?.runs ?? [];
    if (JSON.stringify(runs) !== JSON.stringify(before)) versions.push({ fromMs, runs });
  }
}

function runsOf(terminal: XtermTerminal, row: number): StyledRun[] {
  const line = terminal.buffer.active.getLine(row);
  const runs: StyledRun[] = [];
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = line?.getCell(column);
    // Behind a wide character there is a cell of no width.
    if (cell === undefined || cell.getWidth() === 0) continue;
    const style = styleOf(cell);
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    if (last !== undefined && isAlike(last, style)) {
      runs[runs.length - 1] = { ...last, text: last.text + text };
    } else {
      runs.push({ column, text, ...style });
    }
  }
  const trimmed = runs.map((run) => ({ ...run, text: run.text.trimEnd() }));
  return trimmed.filter(({ text }) => text !== '');
}

function styleOf(cell: IBufferCell): Omit<StyledRun, 'column' | 'text'> {
  const isBold = cell.isBold() !== 0;
  const isDim = cell.isDim() !== 0;
  return cell.isFgPalette() ? { isBold, isDim, color: cell.getFgColor() } : { isBold, isDim };
}

function isAlike(run: StyledRun, style: Omit<StyledRun, 'column' | 'text'>): boolean {
  return run.color === style.color && run.isBold === style.isBold && run.isDim === style.isDim;
}
