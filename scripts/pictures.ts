import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium, whyNoChromium } from '../test/support/report/chromium.ts';
import { buildFunctions } from './build-functions.ts';
import { PROJECT_ROOT } from './deploy-to-sandbox.ts';
import { recordTerminal } from './pictures/record-terminal.ts';
import { reportOfTwoMonths } from './pictures/report-of-two-months.ts';
import { terminalSvg } from './pictures/terminal-svg.ts';

/** Writes the pictures of the README: docs/demo.svg and docs/report.png, each from a run for it. */

const missing = whyNoChromium();
if (missing !== undefined) throw new Error(`The report can't be drawn: ${missing}.`);

await writeFile(join(PROJECT_ROOT, 'docs/demo.svg'), await recordDemo());
await buildFunctions();
await drawReport(join(PROJECT_ROOT, 'docs/report.png'));

async function recordDemo(): Promise<string> {
  const recording = await recordTerminal({
    typed: 'npm run demo',
    command: [process.execPath, '--import', 'tsx', join(PROJECT_ROOT, 'scripts/demo.ts')],
    columns: 100,
    rows: 60,
    longestWaitMs: 2_000,
  });
  return terminalSvg(recording, {
    title: 'npm run demo: two accounts join a directory, and are covered and recorded.',
    holdMs: 8_000,
  });
}

/** From its top to the end of the first row of charts. */
async function drawReport(file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pictures-'));
  const browser = await launchChromium();
  try {
    const report = join(folder, 'report.html');
    await reportOfTwoMonths(report);
    const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    await page.goto(pathToFileURL(report).href);
    const second = await page.locator('figure').nth(2).boundingBox();
    if (second === null) throw new Error('The report has no second row of charts.');
    const clip = { x: 0, y: 0, width: 1280, height: Math.floor(second.y) };
    await page.screenshot({ path: file, clip });
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
}
