import stringWidth from 'fast-string-width';
import { createStyle, type Output } from './output.ts';
import { onOneLine, truncateText, wrapText } from './terminal-text.ts';
import { en, type Texts } from './texts/en.ts';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /**
   * What gives way where the table is wider than it may be: the value is cut with `…`, or goes on
   * in the next line; where that leaves too narrow a column, it stands under its row. Absent: nothing
   * gives way, and the value may have colours.
   */
  readonly fit?: 'truncate' | 'wrap';
}

/** Where a table is shown. */
export interface TableContext {
  readonly output: Pick<Output, 'width' | 'style'>;
  readonly texts: Texts;
}

/** As wide as it gets, without colours, in English. */
const PLAIN: TableContext = {
  output: { width: Number.POSITIVE_INFINITY, style: createStyle(false) },
  texts: en,
};

const GAP = '  ';
const INDENT = '    ';
/** Of the room for values that give way, each but the last takes at most this. */
const SHARE = 0.4;
const NARROWEST = 8;
/** Of a column of sentences: the longest names of actions fit. */
const NARROWEST_TO_READ = 35;

/**
 * Rows under their titles, in plain columns that line up for Chinese names and emoji too. Where they
 * do not fit into the width, sentences stand under their rows; where that does not fit either, each
 * row is a list of its values.
 */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { output, texts }: TableContext = PLAIN,
): string {
  const { width, style } = output;
  const cells = rows.map((row) =>
    columns.map(({ value, fit }) => (fit === undefined ? value(row) : onOneLine(value(row)))),
  );
  const shown = columns.map((column) => ({ ...column, title: style.dim(column.title) }));
  return (
    layOutBeside(shown, cells, width, texts) ??
    layOutBelow(shown, cells, width) ??
    layOutAsLists(shown, cells, width)
  ).join('\n');
}

type Columns = readonly Pick<Column<never>, 'title' | 'align' | 'fit'>[];
type Cells = readonly (readonly string[])[];

/** All in their columns; `undefined` where that does not fit. */
function layOutBeside(columns: Columns, cells: Cells, width: number, texts: Texts) {
  const widths = columnWidths(columns, cells, width);
  const isNarrow = columns.some(
    ({ fit }, at) =>
      fit === 'wrap' &&
      (widths[at] ?? 0) < NARROWEST_TO_READ &&
      cells.some((row) => stringWidth(row[at] ?? '') > (widths[at] ?? 0)),
  );
  if (isNarrow || !fits(widths, width)) return undefined;
  const lines = cells.map((row, index) =>
    row.map((cell, at) => {
      const fitted = fitCell(cell, columns[at]?.fit, widths[at] ?? 0);
      const isRepeated = fitted.length > 1 && cell === cells[index - 1]?.[at];
      return isRepeated ? [texts.status.asAbove] : fitted;
    }),
  );
  return layOutRows(columns, lines).flat();
}

/** Sentences under their rows, once for those in a row that share them. */
function layOutBelow(columns: Columns, cells: Cells, width: number): string[] | undefined {
  const isAbove = (_: unknown, at: number) => columns[at]?.fit !== 'wrap';
  const above = columns.filter(isAbove);
  const aboveCells = cells.map((row) => row.filter(isAbove));
  const widths = columnWidths(above, aboveCells, width);
  if (!fits(widths, width)) return undefined;
  const lines = aboveCells.map((row) =>
    row.map((cell, at) => fitCell(cell, above[at]?.fit, widths[at] ?? 0)),
  );
  const below = cells.map((row) => row.filter((cell, at) => !isAbove(cell, at) && cell !== ''));
  const [titles = [], ...blocks] = layOutRows(above, lines);
  return [
    ...titles,
    ...blocks.flatMap((block, at) => {
      const sentences = below[at] ?? [];
      const isRepeated = sentences.join() === (below[at + 1] ?? []).join();
      if (sentences.length === 0 || isRepeated) return block;
      const isLast = at + 1 === blocks.length;
      return [...block, ...indent(sentences, width), ...(isLast ? [] : [''])];
    }),
  ];
}

/** The first value of a row, and the others under it with their titles. */
function layOutAsLists(columns: Columns, cells: Cells, width: number): string[] {
  const titleWidth = Math.max(...columns.slice(1).map(({ title }) => stringWidth(title)));
  return cells.flatMap(([first = '', ...others], index) => [
    ...(index === 0 ? [] : ['']),
    ...wrapText(first, width),
    ...others.flatMap((cell, at) => {
      if (cell === '') return [];
      const title = pad(columns[at + 1]?.title ?? '', titleWidth);
      const room = width - titleWidth - 2 * GAP.length;
      if (room < NARROWEST) return indent([cell], width);
      return wrapText(cell, room).map((line, lineAt) =>
        lineAt === 0
          ? `${GAP}${title}${GAP}${line}`
          : `${' '.repeat(titleWidth + 2 * GAP.length)}${line}`,
      );
    }),
  ]);
}

function indent(sentences: readonly string[], width: number): string[] {
  return sentences.flatMap((text) =>
    wrapText(text, width - INDENT.length).map((line) => `${INDENT}${line}`),
  );
}

/** The titles and each row, as many lines as its highest cell has. */
function layOutRows(columns: Columns, cells: readonly (readonly string[][])[]): string[][] {
  const rows = [columns.map(({ title }) => [title]), ...cells];
  // A wide character that was cut may leave a column less.
  const used = columns.map((_, at) =>
    rows
      .flatMap((row) => row[at] ?? [])
      .reduce((most, line) => Math.max(most, stringWidth(line)), 0),
  );
  return rows.map((row) => {
    const height = Math.max(...row.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      row
        .map((lines, at) => pad(lines[line] ?? '', used[at] ?? 0, columns[at]?.align))
        .join(GAP)
        .trimEnd(),
    );
  });
}

function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const room = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? `${room}${text}` : `${text}${room}`;
}

function fitCell(cell: string, fit: Column<never>['fit'], width: number): string[] {
  if (fit === 'truncate') return [truncateText(cell, width)];
  return fit === 'wrap' ? wrapText(cell, width) : [cell];
}

function fits(widths: readonly number[], width: number): boolean {
  return widths.reduce((sum, one) => sum + one, GAP.length * (widths.length - 1)) <= width;
}

/** What does not give way has its natural width; the others share what is left. */
function columnWidths(columns: Columns, cells: Cells, width: number): number[] {
  const natural = columns.map(({ title }, index) =>
    cells.reduce((most, row) => Math.max(most, stringWidth(row[index] ?? '')), stringWidth(title)),
  );
  const gives = (index: number) => columns[index]?.fit !== undefined;
  const fixed = natural.filter((_, index) => !gives(index)).reduce((sum, one) => sum + one, 0);
  let room = width - fixed - GAP.length * (columns.length - 1);
  let giving = columns.filter(({ fit }) => fit !== undefined).length;
  return natural.map((own, index) => {
    if (!gives(index)) return own;
    giving -= 1;
    const others = natural
      .slice(index + 1)
      .reduce((sum, one, at) => sum + (gives(index + 1 + at) ? one : 0), 0);
    const share = giving === 0 ? room : Math.max(room * SHARE, room - others);
    const taken = Math.min(own, Math.max(NARROWEST, Math.floor(share)));
    room -= taken;
    return taken;
  });
}
