import { type Html, html, rawHtml } from '../../cli/report/html.ts';
import type { Recording, StyledRun } from './record-terminal.ts';

export interface TerminalPicture {
  /** For who does not see it. */
  readonly title: string;
  /** How long the end stands before it begins again. */
  readonly holdMs: number;
}

const FONT_SIZE = 14;
const COLUMN_WIDTH = 8.43;
const ROW_HEIGHT = 19;
const MARGIN = 16;
/** Of the 16 colours of a terminal, those that are used; on the dark ground each reads well. */
const COLORS: Readonly<Record<number, string>> = {
  1: '#ff8e88',
  2: '#6bd38b',
  3: '#e3b341',
  5: '#d2a8ff',
};

/** What stands in a row from one time to another: to the end, where there is no other. */
interface Line {
  readonly row: number;
  readonly runs: readonly StyledRun[];
  readonly fromMs: number;
  readonly untilMs: number | undefined;
}

/**
 * A recording as one SVG that plays by itself, without a script, and begins again. Where motion is
 * not wanted, its end stands still. Throws for a colour that it does not know.
 */
export function terminalSvg(recording: Recording, { title, holdMs }: TerminalPicture): string {
  const { columns, rows, durationMs } = recording;
  const lines: Line[] = rows.flatMap((versions, row) =>
    versions.map((version, at) => ({ row, ...version, untilMs: versions[at + 1]?.fromMs })),
  );
  const width = Math.ceil(columns * COLUMN_WIDTH + 2 * MARGIN);
  const height = rows.length * ROW_HEIGHT + 2 * MARGIN;
  const style = styleSheet(lines, durationMs + holdMs);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" xml:space="preserve">
<title>${title}</title>
<style>${rawHtml(style)}</style>
<rect width="${width}" height="${height}" rx="8"/>${lines.map(drawLine)}
</svg>
`.markup;
}

function styleSheet(lines: readonly Line[], totalMs: number): string {
  const percent = (ms: number) => `${((ms / totalMs) * 100).toFixed(2)}%`;
  const rules = lines.map((line) => {
    const { fromMs, untilMs } = line;
    const gone = untilMs === undefined ? '' : `${percent(untilMs)}{visibility:hidden}`;
    return `
@keyframes ${nameOf(line)}{0%{visibility:hidden}${percent(fromMs)}{visibility:visible}${gone}}
.${nameOf(line)}{animation-name:${nameOf(line)}${gone && ';visibility:hidden'}}`;
  });
  const colors = Object.entries(COLORS).map(([color, value]) => `.color${color}{fill:${value}}`);
  return `
rect{fill:#0d1117}
text{font:${FONT_SIZE}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#e6edf3}
text{white-space:pre;animation:${totalMs}ms step-end infinite}
.bold{font-weight:bold}
.dim{opacity:.7}
${colors.join('\n')}${[...new Set(rules)].join('')}
@media (prefers-reduced-motion:reduce){text{white-space:pre;animation:none}}
`;
}

/** The same for those that come and go at the same time. */
function nameOf({ fromMs, untilMs }: Line): string {
  return untilMs === undefined ? `from${fromMs}` : `from${fromMs}to${untilMs}`;
}

function drawLine(line: Line): Html {
  const y = MARGIN + line.row * ROW_HEIGHT + FONT_SIZE;
  return html`
<text y="${y}" class="${nameOf(line)}">${line.runs.map(drawRun)}</text>`;
}

/** Each stands where its column is, whatever font there is. */
function drawRun({ column, text, color, isBold, isDim }: StyledRun): Html {
  if (color !== undefined && COLORS[color] === undefined) {
    throw new Error(`There is no colour ${color} in the picture of a terminal: ${text}`);
  }
  const x = (MARGIN + column * COLUMN_WIDTH).toFixed(1);
  const classes = [isBold && 'bold', isDim && 'dim', color !== undefined && `color${color}`];
  const named = classes.filter(Boolean).join(' ');
  return html`<tspan x="${x}"${named === '' ? undefined : html` class="${named}"`}>${text}</tspan>`;
}
