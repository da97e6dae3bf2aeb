import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { membersCsv } from '../../../cli/report/page/exports.js';
import { describeInBrowser, SOON } from '../../support/report/opened-report.ts';
import { sampleReport } from '../../support/report/sample-report.ts';
import { SCRIPT, SIX_MEMBERS } from '../../support/report/six-members.ts';

describeInBrowser('the report’s controls', (open) => {
  test('is sorted by keyboard, either way; what is absent comes last', async () => {
    const { page, names } = await open(SIX_MEMBERS);
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
    const { page, complaints, names, shown } = await open(SIX_MEMBERS);
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
    const { page, complaints } = await open(data);
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
    const { page, rows, shown } = await open(data);
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
});
