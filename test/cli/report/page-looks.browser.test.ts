import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { type ColorName, DARK, LIGHT } from '../../../cli/report/palette.ts';
import { en } from '../../../cli/report/texts.en.ts';
import { zh } from '../../../cli/report/texts.zh.ts';
import { describeInBrowser } from '../../support/report/opened-report.ts';
import { sampleReport } from '../../support/report/sample-report.ts';

describeInBrowser('how the report looks', (open) => {
  describe.each(['light', 'dark'] as const)('%s', (scheme) => {
    const colors: Readonly<Record<ColorName, string>> = scheme === 'light' ? LIGHT : DARK;
    const other: Readonly<Record<ColorName, string>> = scheme === 'light' ? DARK : LIGHT;

    test('follows the system, for the page and the charts, until it is told otherwise', async () => {
      const { page, styleOf } = await open(sampleReport({ members: 60 }), en, {
        colorScheme: scheme,
      });
      const bar = '.chart.wide rect';
      expect(await styleOf('html', 'background-color')).toBe(rgb(colors.page));
      expect(await styleOf(bar, 'fill')).toBe(rgb(colors['accent-area']));
      await page.getByLabel('Theme').selectOption(scheme === 'light' ? 'dark' : 'light');
      expect(await styleOf('html', 'background-color')).toBe(rgb(other.page));
      expect(await styleOf(bar, 'fill')).toBe(rgb(other['accent-area']));
      await page.emulateMedia({ media: 'print' });
      expect(await styleOf('html', 'background-color')).toBe(rgb(LIGHT.page));
      expect(await page.locator('#members-controls').isVisible()).toBe(false);
    });

    test.each([1_280, 400])(
      '%i pixels wide, nothing stands in the way of anybody',
      async (width) => {
        const { page, complaints, rows } = await open(
          sampleReport({ members: 32 }),
          width === 400 ? zh : en,
          {
            colorScheme: scheme,
            viewport: { width, height: 900 },
          },
        );
        await rows().first().getByRole('button').click();
        await page.locator('summary').first().click();
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
        expect(await violations(page)).toEqual([]);
        expect(complaints).toEqual([]);
      },
    );
  });
});

/** What axe finds, by rule and place. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`);
}

/** `#12ab34` as a browser says it. */
function rgb(color: string): string {
  const [red, green, blue] = [1, 3, 5].map((start) =>
    Number.parseInt(color.slice(start, start + 2), 16),
  );
  return `rgb(${red}, ${green}, ${blue})`;
}
