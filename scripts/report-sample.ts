/**
 * Writes sample reports to look at and to measure: a small one and one of 10,000 members, in English
 * and Chinese. `tsx scripts/report-sample.ts [--measure] [FOLDER]`; FOLDER is `dist/report-sample` by
 * default. The same pages every time, except that `--measure` prints what they cost, in a browser.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { membersCsv, reportJson } from '../cli/report/page/exports.js';
import { renderReport } from '../cli/report/render-report.ts';
import { en } from '../cli/report/texts.en.ts';
import { zh } from '../cli/report/texts.zh.ts';
import { renderTable } from '../cli/table.ts';
import { launchChromium, whyNoChromium } from '../test/support/chromium.ts';
import { sampleReport } from '../test/support/sample-report.ts';

const SAMPLES = { small: 60, large: 10_000 } as const;
/** Of which the middle one counts. */
const REPEATS = 5;

/** In the page: each until the next frame is ready, so with layout. */
const MEASURE = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const timed = async (act) => { const from = performance.now(); act(); await frame(); return performance.now() - from; };
  const type = (text) => () => {
    const filter = document.getElementById('filter');
    filter.value = text;
    filter.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const until = async (condition) => { const from = performance.now(); while (!condition()) await frame(); return performance.now() - from; };
  const press = (selector) => () => document.querySelector(selector).click();
  const members = JSON.parse(document.getElementById('report-data').textContent).members.length;
  const [navigation] = performance.getEntriesByType('navigation');
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return {
    'first contentful paint': paint.startTime,
    'page loaded, table usable': navigation.loadEventEnd,
    'filter, one letter': await timed(type('p')),
    'filter, a name': await timed(type('payments-prod')),
    'filter cleared': await timed(type('')),
    'sort by name': await timed(press('th.name button')),
    'sort by last result': await timed(press('th.last button')),
    'show all, first answer': await timed(press('#show-all')),
    'show all, to the end': await until(() => document.querySelectorAll('#members-rows tr').length >= members),
  };
})()`;

const { values, positionals } = parseArgs({
  options: { measure: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = resolve(positionals[0] ?? 'dist/report-sample');
await mkdir(folder, { recursive: true });

for (const [name, members] of Object.entries(SAMPLES)) {
  const data = sampleReport({ members });
  const startMs = performance.now();
  const page = await renderReport(data, en);
  const renderMs = performance.now() - startMs;
  const file = join(folder, `${name}.html`);
  await Promise.all([
    writeFile(file, page),
    writeFile(join(folder, `${name}.zh.html`), await renderReport(data, zh)),
    writeFile(join(folder, `${name}.csv`), membersCsv(data.members)),
    writeFile(join(folder, `${name}.json`), reportJson(data)),
  ]);
  process.stdout.write(`${file}\n`);
  if (values.measure) await measure(file, members, Buffer.byteLength(page), renderMs);
}

async function measure(
  file: string,
  members: number,
  bytes: number,
  renderMs: number,
): Promise<void> {
  const missing = whyNoChromium();
  if (missing !== undefined) throw new Error(`Nothing to measure in: ${missing}.`);
  const browser = await launchChromium();
  const runs: Record<string, number>[] = [];
  for (let run = 0; run < REPEATS; run += 1) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    await page.locator('#members-rows tr').first().waitFor();
    runs.push(await page.evaluate<Record<string, number>>(MEASURE));
    await page.close();
  }
  await browser.close();
  const middle = (key: string) =>
    `${Math.round(runs.map((one) => one[key] ?? 0).sort((a, b) => a - b)[2] ?? 0)} ms`;
  const rows = [
    { what: 'members', figure: String(members) },
    { what: 'size', figure: `${(bytes / 1e6).toFixed(2)} MB` },
    { what: 'written in (this process, once)', figure: `${Math.round(renderMs)} ms` },
    ...Object.keys(runs[0] ?? {}).map((what) => ({ what, figure: middle(what) })),
  ];
  process.stdout.write(
    `${renderTable(
      [
        { title: 'measured', value: ({ what }: (typeof rows)[number]) => what },
        { title: 'figure', value: ({ figure }) => figure, align: 'right' },
      ],
      rows,
    )}\n`,
  );
}
