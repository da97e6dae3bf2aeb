import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { describeInBrowser } from '../../support/report/opened-report.ts';
import { memberOf } from '../../support/report/report-data.ts';
import { SCRIPT, SIX_MEMBERS } from '../../support/report/six-members.ts';

describeInBrowser('the report in a browser', (open) => {
  test('shows what it was given, and what was recorded stays text', async () => {
    const { page, complaints, rows, shown } = await open(SIX_MEMBERS);
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
    const { evidence, ...rest } = SIX_MEMBERS;
    const { rows } = await open({ ...rest, members: [memberOf({ state: 'unknown' })] });
    expect(await rows().locator('.recorder').allTextContents()).toEqual(['not known']);
  });

  test('opens one account’s results in place', async () => {
    const { page, complaints } = await open(SIX_MEMBERS);
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

  test('asks for nothing, and could not', async () => {
    const heard: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      heard.push(request.url);
      response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const { page, url: opened, asked } = await open(SIX_MEMBERS);
    expect(asked).toEqual([opened]);

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
});
