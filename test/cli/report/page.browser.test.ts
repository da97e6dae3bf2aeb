import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { membersCsv } from '../../../cli/report/page/exports.js';
import { type ColorName, DARK, LIGHT } from '../../../cli/report/palette.ts';
import { renderReport } from '../../../cli/report/render-report.ts';
import type { ReportData } from '../../../cli/report/report-data.ts';
import { en } from '../../../cli/report/texts.en.ts';
import { zh } from '../../../cli/report/texts.zh.ts';
import { launchChromium, whyNoChromium } from '../../support/report/chromium.ts';
import { entryOf, memberOf, reportOf } from '../../support/report/report-data.ts';
import { sampleReport } from '../../support/report/sample-report.ts';

// A browser shares two cores with the other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const missing = whyNoChromium();
if (missing !== undefined) {
  process.stderr.write(`The report is not tested in a browser: ${missing}.\n`);
}

/** However busy the machine is. */
const SOON = { timeout: 60_000 };

const SCRIPT = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>';

/** Six members, one in each state that there is, one of them with hostile texts. */
const DATA = reportOf({
  members: [
    memberOf({
      accountId: '1000000000000011',
      name: 'payments',
      folderPath: ['Root', 'Core'],
      joinedAt: '2025-01-02T20:00:00.000Z',
      recorderStatus: 'REGISTERED',
      stateSince: '2026-05-01T00:00:00.000Z',
      timeline: [
        entryOf({
          outcome: 'covered',
          from: '2026-05-01T00:00:00.000Z',
          recorderStatus: 'REGISTERED',
          startAttempts: 3,
          triggers: ['event'],
        }),
      ],
    }),
    memberOf({
      accountId: '1000000000000012',
      name: SCRIPT,
      folderPath: ['<b>Root</b>'],
      state: 'failed',
      stateSince: '2026-05-03T00:00:00.000Z',
      recommendation: '<u>Allow</u> it & run it again',
      timeline: [
        entryOf({
          outcome: 'failed',
          from: '2026-05-03T01:00:00.000Z',
          to: '2026-05-03T06:00:00.000Z',
          results: 61,
          triggers: ['event', 'schedule'],
          errorCode: 'No<i>Permission',
          errorMessage: 'not "authorized" <script>alert(3)</script>',
          recommendation: '<u>Allow</u> it & run it again',
          runId: 'run-f',
          cloudRequestId: 'REQ-F',
        }),
        entryOf({ outcome: 'pending', recorderStatus: 'BUILDING', runId: 'run-p' }),
      ],
    }),
    memberOf({ accountId: '1000000000000013', name: '支付-生产', state: 'pending' }),
    memberOf({
      accountId: '1000000000000014',
      name: 'audit',
      state: 'overdue',
      recorderStatus: 'BUILDING',
      timeline: [entryOf({ outcome: 'overdue', startAttempts: 0 })],
    }),
    memberOf({
      accountId: '1000000000000015',
      name: 'audit-2',
      stateSince: '2026-05-02T00:00:00.000Z',
    }),
    memberOf({ accountId: '1000000000000016', state: 'covered' }),
  ],
  days: [{ day: '2026-05-03', atEnd: { members: 6, covered: 3 }, outcomes: { failed: 1 } }],
  coverings: [
    { accountId: '1000000000000011', at: '2026-05-01T00:00:00.000Z', durationMs: 250_000 },
  ],
  errors: [
    {
      code: 'No<i>Permission',
      accounts: 1,
      runs: 61,
      retries: 0,
      lastAt: '2026-05-03T06:00:00.000Z',
      lastMessage: SCRIPT,
    },
  ],
});

describe.skipIf(missing !== undefined)('the report in a browser', () => {
  let browser: Browser;
  let folder: string;
  let page: Page;
  let asked: string[];
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
    folder = await mkdtemp(join(tmpdir(), 'report-'));
  });

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(() => {
    asked = [];
    complaints = [];
  });

  afterEach(async () => {
    await page.context().close();
  });

  async function open(
    data: ReportData,
    texts = en,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const file = join(folder, 'report.html');
    await writeFile(file, await renderReport(data, texts));
    const context = await browser.newContext(options);
    page = await context.newPage();
    context.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', async (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    await page.goto(pathToFileURL(file).href);
    await page.locator('#members-shown').filter({ hasText: /\S/ }).waitFor();
  }

  const rows = () => page.locator('#members-rows > tr:not(.detail)');
  const names = async () =>
    (await rows().locator('th').allTextContents()).map((text) => text.trim());
  const shown = () => page.getByRole('status').innerText();
  const styleOf = (selector: string, property: string) =>
    page.evaluate(
      `getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`,
    );

  test('shows what it was given, and what was recorded stays text', async () => {
    await open(DATA);
    const cells = await rows().evaluateAll((all) =>
      all.map((row) => [...row.children].map((cell) => cell.textContent)),
    );
    const dash = '–';
    expect(cells).toEqual([
      [
        'failed',
        SCRIPT,
        '1000000000000012',
        '<b>Root</b>',
        '',
        'not in group',
        'failed 2026-05-03 14:00',
        '1',
        '<u>Allow</u> it & run it again',
      ],
      [
        'overdue',
        'audit',
        '1000000000000014',
        'Root',
        '',
        'BUILDING',
        'overdue 2026-05-03 14:00',
        '0',
        dash,
      ],
      [
        'pending',
        '支付-生产',
        '1000000000000013',
        'Root',
        '',
        'not in group',
        'none yet',
        '',
        dash,
      ],
      [
        'covered',
        'payments',
        '1000000000000011',
        'Root / Core',
        '2025-01-03',
        'REGISTERED',
        'covered 2026-05-01 08:00',
        '3',
        dash,
      ],
      ['covered', 'audit-2', '1000000000000015', 'Root', '', 'not in group', 'none yet', '', dash],
      ['covered', 'no name', '1000000000000016', 'Root', '', 'not in group', 'none yet', '', dash],
    ]);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
      '3 of 6 members are covered, 3 are not.',
    );
    expect(await shown()).toBe('6 of 6 members match, 6 shown');
    expect(await page.locator('img, b, u, i, script:not([type])').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('without an account group, of no member it is said that it is not in there', async () => {
    const { evidence, ...rest } = DATA;
    await open({ ...rest, members: [memberOf({ state: 'unknown' })] });
    expect(await rows().locator('.recorder').allTextContents()).toEqual(['not known']);
  });

  test('opens one account’s results in place', async () => {
    await open(DATA);
    const button = page.getByRole('button', { name: SCRIPT });
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await button.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const entries = await page
      .locator('.timeline li')
      .evaluateAll((all) =>
        all.map((entry) => [...entry.children].map((line) => line.textContent)),
      );
    expect(entries).toEqual([
      [
        'failed 2026-05-03 09:00 – 2026-05-03 14:00',
        '61 results · no recorder status · trigger event, schedule · tries 1',
        'error No<i>Permission not "authorized" <script>alert(3)</script>',
        '<u>Allow</u> it & run it again',
        'run run-f · request REQ-F',
      ],
      [
        'pending 2026-05-03 14:00',
        '1 result · recorder BUILDING · trigger schedule · tries 1',
        'run run-p',
      ],
    ]);
    // It is below its row, and is still there when the order changes.
    await page.getByRole('button', { name: 'Account ID' }).press('Enter');
    const below = await page
      .locator('.detail')
      .evaluate(({ previousElementSibling }) =>
        previousElementSibling?.textContent?.includes('1000000000000012'),
      );
    expect(below).toBe(true);
    await button.press('Enter');
    expect(await page.locator('.timeline').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('is sorted by keyboard, either way; what is absent comes last', async () => {
    await open(DATA);
    const heads = page.getByRole('columnheader');
    const head = heads.filter({ hasText: 'Name' });
    await head.getByRole('button').press('Enter');
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    expect(await names()).toEqual([SCRIPT, 'audit', 'audit-2', 'payments', '支付-生产', 'no name']);
    await head.getByRole('button').press('Space');
    expect(await head.getAttribute('aria-sort')).toBe('descending');
    expect(await names()).toEqual(['支付-生产', 'payments', 'audit-2', 'audit', SCRIPT, 'no name']);
    const sorted = await heads.evaluateAll((all) =>
      all.flatMap((one) => one.getAttribute('aria-sort') ?? []),
    );
    expect(sorted).toEqual(['descending']);
  });

  test('is filtered by keyboard: by words, by state, by a link of the answer', async () => {
    await open(DATA);
    await page.getByLabel('Filter').focus();
    await page.keyboard.type('AUDIT 14');
    expect(await names()).toEqual(['audit']);
    expect(await shown()).toBe('1 of 6 members match, 1 shown');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('nothing like it');
    expect(await shown()).toBe('No member matches.');

    await page.getByRole('button', { name: 'Clear' }).press('Enter');
    await expect.poll(names, SOON).toHaveLength(6);
    await page.getByLabel('Filter').press('Tab');
    await page.keyboard.press('Space');
    expect(await names()).toEqual([SCRIPT]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await names()).toEqual([SCRIPT, 'audit']);

    await page.getByRole('link', { name: '1 pending' }).press('Enter');
    expect(await names()).toEqual(['支付-生产']);
    expect(await page.getByRole('checkbox', { name: 'pending' }).isChecked()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('saves what it was given, as CSV and as JSON', async () => {
    const data = sampleReport({ members: 50 });
    await open(data);
    const saved = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      const content = await readFile(await download.path(), 'utf8');
      return { file: download.suggestedFilename(), content };
    };
    expect(await saved('CSV')).toEqual({
      file: 'coverage-1000000000000001-2026-07-30.csv',
      content: membersCsv(data.members),
    });
    const { file, content } = await saved('JSON');
    expect(file).toBe('coverage-1000000000000001-2026-07-30.json');
    expect(JSON.parse(content)).toEqual({ schemaVersion: 1, ...data });
    expect(complaints).toEqual([]);
  });

  test('shows thousands in slices, and all when asked', async () => {
    const data = sampleReport({ members: 1_300 });
    await open(data);
    expect(await shown()).toBe('1,300 of 1,300 members match, 100 shown');
    await page.locator('#show-more').press('Enter');
    await expect.poll(shown, SOON).toBe('1,300 of 1,300 members match, 600 shown');
    // What has come has the focus, so that the keyboard goes on from there.
    const focused = await page.evaluate("document.activeElement.closest('tr').rowIndex");
    expect(focused).toBe(101);
    await page.locator('#show-all').press('Enter');
    await expect.poll(shown, SOON).toBe('1,300 of 1,300 members match, 1,300 shown');
    const ids = await rows().locator('.account').allTextContents();
    expect(ids.sort()).toEqual(data.members.map(({ accountId }) => accountId).sort());
    expect(await page.locator('.more button:visible').count()).toBe(0);
  });

  test('asks for nothing, and could not', async () => {
    const heard: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      heard.push(request.url);
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    await open(DATA);
    expect(asked).toEqual([pathToFileURL(join(folder, 'report.html')).href]);

    const fetched = await page.evaluate(
      (url) => fetch(`${url}fetch`).then(() => 'fetched', String),
      url,
    );
    expect(fetched).toContain('Failed to fetch');
    await page.evaluate(`
      document.body.insertAdjacentHTML('beforeend', '<img src="${url}img"><iframe src="${url}frame"></iframe><link rel="stylesheet" href="${url}css"><p style="background: url(${url}style)">x</p>');
      document.body.append(Object.assign(document.createElement('script'), { src: '${url}script' }));
    `);
    // What is let through would have been heard before this.
    await page.waitForTimeout(500);
    server.close();
    expect(heard).toEqual([]);
  });

  describe.each(['light', 'dark'] as const)('%s', (scheme) => {
    const colors: Readonly<Record<ColorName, string>> = scheme === 'light' ? LIGHT : DARK;
    const other: Readonly<Record<ColorName, string>> = scheme === 'light' ? DARK : LIGHT;

    test('follows the system, for the page and the charts, until it is told otherwise', async () => {
      await open(sampleReport({ members: 60 }), en, { colorScheme: scheme });
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
        await open(sampleReport({ members: 32 }), width === 400 ? zh : en, {
          colorScheme: scheme,
          viewport: { width, height: 900 },
        });
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
