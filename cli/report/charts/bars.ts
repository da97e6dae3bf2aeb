import { barX, ruleX, text } from '@observablehq/plot';
import type { Html } from '../html.ts';
import { formatCount } from '../page/format.js';
import { draw } from './draw.ts';

export interface Bar {
  readonly name: string;
  readonly count: number;
}

const ROW_HEIGHT = 36;

/** Horizontal bars from the top down: the name above each, so that it may be long, its count behind. */
export function drawBars(label: string, bars: readonly Bar[], color: string): Html {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return draw(label, () => ({
    height: bars.length * ROW_HEIGHT + 6,
    margin: 3,
    marginRight: 48,
    x: { domain: [0, most], axis: null },
    y: { domain: bars.map(({ name }) => name), axis: null, padding: 0 },
    marks: [
      barX(bars, { x: 'count', y: 'name', fill: color, insetTop: 18, insetBottom: 5 }),
      text(bars, { x: 0, y: 'name', text: 'name', textAnchor: 'start', dx: 4, dy: -9 }),
      text(bars, {
        x: 'count',
        y: 'name',
        text: ({ count }: Bar) => formatCount(count),
        textAnchor: 'start',
        dx: 6,
        dy: 6.5,
        fontWeight: 600,
      }),
      ruleX([0], { stroke: 'var(--muted)' }),
    ],
  }));
}
