import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { answerIn } from '../../../cli/report/head.ts';
import { pageScript } from '../../../cli/report/page-files.ts';
import { renderReport } from '../../../cli/report/render-report.ts';
import type { ReportData } from '../../../cli/report/report-data.ts';
import { en } from '../../../cli/report/texts.en.ts';
import { zh } from '../../../cli/report/texts.zh.ts';
import { entryOf, memberOf, reportOf } from '../../support/report/report-data.ts';
import { sampleReport } from '../../support/report/sample-report.ts';

const members = (...states: ReportData['members'][number]['state'][]) =>
  reportOf({ members: states.map((state, index) => memberOf({ accountId: `${index}`, state })) });

describe('the answer', () => {
  test.each([
    [members(), 'The resource directory has no members.'],
    [members('covered'), 'The one member is covered.'],
    [members('covered', 'covered'), 'All 2 members are covered.'],
    [members('covered', 'failed'), '1 of 2 members is covered, 1 is not.'],
    [members('failed', 'pending', 'covered', 'covered'), '2 of 4 members are covered, 2 are not.'],
    [members('unknown', 'unknown'), 'It is not known how many of the 2 members are covered.'],
  ])('%#: %s', (data, answer) => {
    expect(answerIn(data, en)).toBe(answer);
  });

  test('says since when, as of when, of whom, and what shows it', async () => {
    const page = await renderReport(
      reportOf({
        members: [
          memberOf({ accountId: '1', stateSince: '2026-05-01T00:00:00.000Z' }),
          memberOf({ accountId: '2', stateSince: '2026-05-02T00:00:00.000Z' }),
        ],
      }),
      en,
    );
    const text = page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('Since 2026-05-02 08:00, when the last of them was found covered.');
    expect(text).toContain('As of 2026-05-03 14:05 (UTC+08:00)');
    expect(text).toContain('1000000000000001');
    expect(text).toContain('rd-3G2k8z');
    expect(text).toContain('cn-hangzhou');
    expect(text).toContain('onboarding-logs / results');
    expect(text).toContain('GetAggregator of the account group ca-7d5f, request ID REQ-EVIDENCE');
  });

  test('of those that are open, the longest counts', async () => {
    const data = reportOf({
      members: [
        memberOf({ accountId: '1', state: 'failed', stateSince: '2026-05-02T00:00:00.000Z' }),
        memberOf({ accountId: '2', state: 'pending', stateSince: '2026-05-01T00:00:00.000Z' }),
        memberOf({ accountId: '3', stateSince: '2026-04-01T00:00:00.000Z' }),
      ],
    });
    expect(await renderReport(data, en)).toContain('has been uncovered since 2026-05-01 08:00');
  });

  test('without a readable account group there is no evidence, and no since', async () => {
    const { evidence, ...rest } = members('unknown');
    const page = await renderReport(rest, en);
    expect(page).toContain('None: the account group could not be read, or none can be seen.');
    expect(page).not.toMatch(/<p class="since">[^<]/);
  });
});

describe('the file', () => {
  test('is the same for the same data', async () => {
    const data = sampleReport({ members: 30 });
    expect(await renderReport(data, en)).toBe(await renderReport(data, en));
  });

  test('its policy allows its own script and style by their hashes, and nothing else', async () => {
    const page = await renderReport(reportOf({}), en);
    const hashOf = (text = '') => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(page)?.[1];
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; ` +
        `script-src &#39;${hashOf(script)}&#39;; style-src &#39;${hashOf(style)}&#39;; ` +
        `base-uri &#39;none&#39;; form-action &#39;none&#39;">`,
    );
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/ style="/);
    expect(page).not.toMatch(/(?:src|href|url\()\s*=?\s*["']?(?:https?:)?\/\//);
  });

  test('the page’s script has no import or export left', async () => {
    expect(await pageScript()).not.toMatch(/^(?:import|export) /m);
  });

  test('of 10,000 members and 90 days stays under 6 MB, and nothing is cut', async () => {
    const page = await renderReport(sampleReport({ members: 10_000 }), en);
    expect(Buffer.byteLength(page)).toBeLessThan(6_000_000);
    expect(page).toContain('None of them is left out.');
  }, 120_000);

  test('says what it had to leave out', async () => {
    const timeline = Array.from({ length: 500 }, (_, index) => entryOf({ runId: `run-${index}` }));
    const data = reportOf({ members: [memberOf({ timeline })] });
    const page = await renderReport(data, en, { largestDataBytes: 1 });
    expect(page).toContain('499 older results of 1 account are left out; the log store has them.');
  });
});

test('without days, errors and members there is a page all the same', async () => {
  const page = await renderReport(reportOf({}), en);
  expect(page.match(/Nothing was recorded\./g)).toHaveLength(4);
});

describe('in Chinese', () => {
  test('what a state means is said, and the state stays', async () => {
    const page = await renderReport(sampleReport({ members: 60 }), zh);
    expect(page).toContain('<html lang="zh-CN"');
    for (const text of ['pending（等待中）', 'overdue（逾期）', 'failed（失败）']) {
      expect(page).toContain(text);
    }
  });

  test('every text of the page is another one, with the same values in it', () => {
    const flat = (texts: object): [string, string][] =>
      Object.entries(texts).flatMap(([key, value]) =>
        typeof value === 'string'
          ? [[key, value]]
          : flat(value).map(([k, v]) => [`${key}.${k}`, v]),
      );
    const chinese = new Map(flat(zh.page));
    const names = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    for (const [key, text] of flat(en.page)) {
      expect([key, names(chinese.get(key))]).toEqual([key, names(text)]);
      if (key !== 'nothingToDo') expect([key, chinese.get(key)]).not.toEqual([key, text]);
    }
  });

  test.each([
    [45_000, '45 秒'],
    [130_000, '2 分 10 秒'],
    [3 * 3_600_000 + 300_000, '3 小时 5 分'],
    [5 * 86_400_000, '5 天'],
  ])('%i ms are %s', (durationMs, text) => {
    expect(zh.duration(durationMs)).toBe(text);
  });
});
