import { displayWidth, onOneLine, truncateText, wrapText } from './text-width.ts';

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

const GAP = '  ';
/** Of the room for values that give way, each but the last takes at most this. */
const SHARE = 0.4;
const NARROWEST = 8;
/** Of a column of sentences: the longest names of actions fit. */
const NARROWEST_TO_READ = 35;
const INDENT = '    ';

/**
 * Rows under their titles, in plain columns that line up for Chinese names too, in at most `width`
 * columns of the terminal as far as values can give way.
 */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  title: (text: string) => string = (text) => text,
  width = Number.POSITIVE_INFINITY,
): string {
  const cells = rows.map((row) =>
    columns.map(({ value, fit }) => (fit === undefined ? value(row) : onOneLine(value(row)))),
  );
  const widths = columnWidths(columns, cells, width);
  const narrow = columns.findIndex(
    ({ fit }, at) =>
      fit === 'wrap' &&
      (widths[at] ?? 0) < NARROWEST_TO_READ &&
      cells.some((row) => displayWidth(row[at] ?? '') > (widths[at] ?? 0)),
  );
  if (narrow >= 0) return renderWithTextBelow(columns, cells, narrow, title, width);
  return layOutRows(columns, cells, widths, title).join('\n');
}

/** The column `below` stands under its rows, once for those in a row that share it. */
function renderWithTextBelow<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  below: number,
  title: (text: string) => string,
  width: number,
): string {
  const others = columns.filter((_, at) => at !== below);
  const rows = cells.map((row) => row.filter((_, at) => at !== below));
  const [titles = '', ...lines] = layOutRows(
    others,
    rows,
    columnWidths(others, rows, width),
    title,
  );
  const blocks = lines.map((line, at) => {
    const text = cells[at]?.[below] ?? '';
    const isLast = at + 1 === lines.length;
    if (text === '' || text === cells[at + 1]?.[below]) return line;
    const wrapped = wrapText(text, width - INDENT.length).map((one) => `${INDENT}${one}`);
    return [line, ...wrapped, ...(isLast ? [] : [''])].join('\n');
  });
  return [titles, ...blocks].join('\n');
}

/** The titles, then the rows. */
function layOutRows<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  title: (text: string) => string,
): string[] {
  const lines = [
    columns.map((column) => [title(column.title)]),
    ...cells.map((row, index) =>
      row.map((cell, at) => {
        const fitted = fitCell(cell, columns[at]?.fit, widths[at] ?? 0);
        return fitted.length > 1 && cell === cells[index - 1]?.[at] ? ['as above'] : fitted;
      }),
    ),
  ];
  // A wide character that was cut may leave a column less.
  const used = columns.map((_, at) =>
    lines
      .flatMap((row) => row[at] ?? [])
      .reduce((most, line) => Math.max(most, displayWidth(line)), 0),
  );
  return lines.map((row) => layOut(row, columns, used).join('\n'));
}

/** One row: as many lines as its highest cell has. */
function layOut<Row>(
  cells: readonly (readonly string[])[],
  columns: readonly Column<Row>[],
  widths: readonly number[],
): string[] {
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, at) => pad(lines[line] ?? '', widths[at] ?? 0, columns[at]?.align))
      .join(GAP)
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const room = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'right' ? `${room}${text}` : `${text}${room}`;
}

function fitCell(cell: string, fit: Column<unknown>['fit'], width: number): string[] {
  if (fit === 'truncate') return [truncateText(cell, width)];
  return fit === 'wrap' ? wrapText(cell, width) : [cell];
}

function columnWidths<Row>(
  columns: readonly Column<Row>[],
  cells: readonly (readonly string[])[],
  width: number,
): number[] {
  const natural = columns.map(({ title }, index) =>
    cells.reduce(
      (most, row) => Math.max(most, displayWidth(row[index] ?? '')),
      displayWidth(title),
    ),
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
