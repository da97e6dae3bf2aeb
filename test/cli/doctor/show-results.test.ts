/** How what was checked reads on terminals of any width. */
import stringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import {
  amiss,
  type Check,
  type Finding,
  missing,
  ok,
  unknown,
} from '../../../cli/doctor/check.ts';
import type { CheckResult } from '../../../cli/doctor/run-checks.ts';
import { showResults } from '../../../cli/doctor/show-results.ts';
import { createStreamOutput } from '../../../cli/stream-output.ts';
import { en } from '../../../cli/texts/en.ts';
import { zh } from '../../../cli/texts/zh.ts';

function result(id: string, group: Check['group'], finding: Finding): CheckResult {
  const check = { id, group, needs: [], title: () => id, run: async () => finding };
  return { check, finding };
}

function said(results: readonly CheckResult[], columns: number, texts = en): string {
  let text = '';
  const stream = {
    columns,
    isTTY: columns > 0,
    write: (part: string) => {
      text += part;
    },
  };
  showResults(results, {
    output: createStreamOutput({ stdout: stream, stderr: stream, colors: false }),
    texts,
  });
  return text;
}

const blocked = (by: string) => unknown(en.doctor.because('✗', by), undefined, by);
const RESULTS = [
  result('credentials', 'account', missing('refused: SignatureDoesNotMatch', 'Renew them.')),
  result('Resource Directory', 'account', blocked('credentials')),
  result('stack', 'foundations', blocked('credentials')),
  result('logstore function-logs', 'foundations', blocked('credentials')),
  result('dashboard', 'foundations', blocked('credentials')),
  result('flow', 'foundations', ok('there')),
  result('alerts', 'foundations', blocked('credentials')),
  result('backfill', 'functions', blocked('backfill: code')),
  result('trigger schedule', 'functions', blocked('credentials')),
];

test('on a narrow terminal, neighbours that were not checked for one reason stand together', () => {
  expect(said(RESULTS, 40)).toMatchInlineSnapshot(`
    "Account
    ✗ credentials
        refused: SignatureDoesNotMatch.
        Renew them.
    ? Resource Directory
        not checked: see ✗ credentials

    Foundations
    ? stack, logstore function-logs,
      dashboard
        not checked: see ✗ credentials
    ✓ flow
        there
    ? alerts
        not checked: see ✗ credentials

    Functions
    ? backfill
        not checked: see ✗ backfill: code
    ? trigger schedule
        not checked: see ✗ credentials

    1 of 9 checks found something wrong, and
    7 could not be determined.
    Begin with credentials: Renew them.
    "
  `);
});

test.each([80, 0])('where there is room, a line each: %i columns', (columns) => {
  const lines = said(RESULTS, columns).split('\n');
  for (const { check } of RESULTS) {
    expect(lines.filter((line) => line.slice(2).startsWith(`${check.id} `))).toHaveLength(1);
  }
});

test('in Chinese, what was found and what to do are punctuated as Chinese is', () => {
  const code = amiss('与本次构建不一致', '请执行 npm run deploy。', ['index.js', 'directory.js']);
  const text = said([result('backfill', 'functions', code)], 120, zh);
  expect(text).toContain('与本次构建不一致：index.js；directory.js。请执行 npm run deploy。');
});

test('nothing is wider than the terminal', () => {
  for (const columns of [40, 60, 80, 120]) {
    for (const line of said(RESULTS, columns).split('\n')) {
      expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    }
  }
});
