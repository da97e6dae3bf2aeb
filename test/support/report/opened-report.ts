import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, onTestFinished, vi } from 'vitest';
import { renderReport } from '../../../cli/report/render-report.ts';
import type { ReportData } from '../../../cli/report/report-data.ts';
import { en } from '../../../cli/report/texts.en.ts';
import { launchChromium, whyNoChromium } from './chromium.ts';

const missing = whyNoChromium();
if (missing !== undefined) {
  process.stderr.write(`The report is not tested in a browser: ${missing}.\n`);
}

/** However busy the machine is. */
export const SOON = { timeout: 60_000 };

/** Tests of the report's page, in one browser; left out where there is none. */
export function describeInBrowser(
  what: string,
  define: (open: ReturnType<typeof createOpen>) => void,
): void {
  // A browser shares two cores with the other tests.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
  describe.skipIf(missing !== undefined)(what, () => {
    let browser: Browser;
    let folder: string;
    beforeAll(async () => {
      browser = await launchChromium();
      folder = await mkdtemp(join(tmpdir(), 'report-'));
    });
    afterAll(async () => {
      await browser.close();
      await rm(folder, { recursive: true });
    });
    define(createOpen(() => ({ browser, folder })));
  });
}

function createOpen(surroundings: () => { readonly browser: Browser; readonly folder: string }) {
  /** The report of these data on a page of its own, which is closed when the test ends. */
  return async (data: ReportData, texts = en, options: BrowserContextOptions = {}) => {
    const { browser, folder } = surroundings();
    const file = join(folder, 'report.html');
    await writeFile(file, await renderReport(data, texts));
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    /** The addresses that it asked for, and what it complained of. */
    const asked: string[] = [];
    const complaints: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', async (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    const url = pathToFileURL(file).href;
    await page.goto(url);
    await page.locator('#members-shown').filter({ hasText: /\S/ }).waitFor();

    const rows = () => page.locator('#members-rows > tr:not(.detail)');
    return {
      page,
      url,
      asked,
      complaints,
      rows,
      names: async () => (await rows().locator('th').allTextContents()).map((text) => text.trim()),
      shown: () => page.getByRole('status').innerText(),
      styleOf: (selector: string, property: string) =>
        page.evaluate(
          `getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`,
        ),
    };
  };
}
