import { describe, expect, test } from 'vitest';
import { type ColorName, DARK, LIGHT } from '../../../cli/report/palette.ts';

const TEXT: readonly ColorName[] = [
  'text',
  'muted',
  'accent',
  'failed',
  'overdue',
  'pending',
  'unknown',
];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('%s', (_, colors) => {
  test.each(TEXT)('%s can be read, on the page and on a raised row', (name) => {
    expect(contrast(colors[name], colors.page)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colors[name], colors.raised)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['accent-area', 'control'] as const)('%s can be seen', (name) => {
    expect(contrast(colors[name], colors.page)).toBeGreaterThanOrEqual(3);
  });
});

/** As WCAG 2 defines it, of two colours such as `#12ab34`. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
