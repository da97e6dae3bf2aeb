/**
 * Writes sample reports to look at and to measure: a small one and one of 10,000 members, in English
 * and Chinese, with their CSV and JSON. The same every time.
 *
 *     tsx scripts/report-sample.ts [--measure] [FOLDER]
 *
 * FOLDER is `dist/report-sample` by default. `--measure` prints what the pages cost in a browser.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { membersCsv, reportJson } from '../cli/report/page/exports.js';
import { renderReport } from '../cli/report/render-report.ts';
import { en } from '../cli/report/texts.en.ts';
import { zh } from '../cli/report/texts.zh.ts';
import { renderTable } from '../cli/table.ts';
import { launchChromium, whyNoChromium } from '../test/support/report/chromium.ts';
import { sampleReport } from '../test/support/report/sample-report.ts';
import { median } from './bench/processes.ts';

const SAMPLES = { small: 60, large: 10_000 } as const;
/** The median is shown. */
const REPEATS = 5;

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'KB';
}

/** What a person does, in the page: until the next frame is ready, so with layout. */
const STEPS: readonly { readonly what: string; readonly does: string }[] = [
  { what: 'filter by one letter', does: "type('p')" },
  { what: 'filter by a name', does: "type('payments-prod')" },
  { what: 'clear the filter', does: "type('')" },
  { what: 'sort by name', does: "press('th.name button')" },
  {
    what: 'show all',
    does: "press('#show-all'); while (!document.getElementById('show-all').hidden) await frame()",
  },
];
const ACT = `
  const type = (text) => {
    const filter = document.getElementById('filter');
    filter.value = text;
    filter.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const press = (selector) => document.querySelector(selector).click();
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));`;

const { values, positionals } = parseArgs({
  options: { measure: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = resolve(positionals[0] ?? 'dist/report-sample');
await mkdir(folder, { recursive: true });

for (const [name, members] of Object.entries(SAMPLES)) {
  const data = sampleReport({ members });
  const before = process.cpuUsage();
  const page = await renderReport(data, en);
  const { user, system } = process.cpuUsage(before);
  const file = join(folder, `${name}.html`);
  await Promise.all([
    writeFile(file, page),
    writeFile(join(folder, `${name}.zh.html`), await renderReport(data, zh)),
    writeFile(join(folder, `${name}.csv`), membersCsv(data.members)),
    writeFile(join(folder, `${name}.json`), reportJson(data)),
  ]);
  process.stdout.write(`${file}\n`);
  if (!values.measure) continue;
  print([
    { what: 'size', value: Buffer.byteLength(page) / 1_000, unit: 'KB' },
    { what: 'writing it', value: (user + system) / 1_000, unit: 'ms' },
    ...(await measured(file)),
  ]);
}

/**
 * The first paint is on the clock; everything else is the time that the page's own thread worked,
 * which other work on the machine does not change.
 */
async function measured(file: string): Promise<Figure[]> {
  const missing = whyNoChromium();
  if (missing !== undefined) throw new Error(`There is nothing to measure in: ${missing}.`);
  const browser = await launchChromium();
  const runs: Figure[][] = [];
  for (let run = 0; run < REPEATS; run += 1) runs.push(await measureOnce(browser, file));
  await browser.close();
  return (runs[0] ?? []).map(({ what, unit }, index) => ({
    what,
    unit,
    value: median(runs.map((figures) => figures[index]?.value ?? Number.NaN)),
  }));
}

async function measureOnce(browser: Browser, file: string): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  let before = 0;
  const worked = async (what: string): Promise<Figure> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    const value = (seconds - before) * 1_000;
    before = seconds;
    return { what, value, unit: 'ms' };
  };
  await page.goto(pathToFileURL(file).href);
  await page.locator('#members-rows tr').first().waitFor();
  const loaded = await worked('loading it, to the usable table');
  const value = await page.evaluate<number>(
    "performance.getEntriesByName('first-contentful-paint')[0].startTime",
  );
  const figures: Figure[] = [{ what: 'first contentful paint', value, unit: 'ms' }, loaded];
  for (const { what, does } of STEPS) {
    await page.evaluate(`(async () => { ${ACT} ${does}; await frame(); })()`);
    figures.push(await worked(what));
  }
  await page.close();
  return figures;
}

function print(figures: readonly Figure[]): void {
  const table = renderTable(
    [
      { title: 'measured', value: ({ what }: Figure) => what },
      {
        title: 'figure',
        value: ({ value, unit }) => `${Math.round(value)} ${unit}`,
        align: 'right',
      },
    ],
    figures,
  );
  process.stdout.write(`${table}\n`);
}
