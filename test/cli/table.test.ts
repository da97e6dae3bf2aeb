import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import { createStyle } from '../../cli/output.ts';
import { type Column, renderTable } from '../../cli/table.ts';
import { en } from '../../cli/texts/en.ts';

const at = (width: number) => ({ output: { width, style: createStyle(false) }, texts: en });

interface Row {
  readonly id: string;
  readonly name: string;
  readonly advice: string;
}

const columns: Column<Row>[] = [
  { title: 'account', value: ({ id }) => id },
  { title: 'name', value: ({ name }) => name, fit: 'truncate' },
  { title: 'outcome', value: () => '\x1b[31mfailed\x1b[39m' },
  { title: 'what to do', value: ({ advice }) => advice, fit: 'wrap' },
];
const row = (name: string, advice: string): Row => ({ id: '1000000000000002', name, advice });

const CHINESE = '支付平台生产环境账号（华东一区，二期）';
const ADVICE =
  'Create the service-linked role AliyunServiceRoleForConfig in the RAM console, then run again.';

test('lines up, and fits 80 columns: names are cut, advice stands under the row', () => {
  const table = renderTable(columns, [row(CHINESE, ADVICE), row('payments', 'Wait.')], at(80));
  expect(stripVTControlCharacters(table)).toBe(
    `account           name                                    outcome
1000000000000002  支付平台生产环境账号（华东一区，二期）  failed
    Create the service-linked role AliyunServiceRoleForConfig in the RAM
    console, then run again.

1000000000000002  payments                                failed
    Wait.`,
  );
  for (const line of table.split('\n')) {
    expect(stringWidth(line)).toBeLessThanOrEqual(80);
    expect(line).toBe(line.trimEnd());
  }
});

test('what rows that follow each other share is said once', () => {
  const rows = [row('a', ADVICE), row('b', ADVICE), row('c', 'Wait.'), row('d', ADVICE)];
  const below = stripVTControlCharacters(renderTable(columns, rows, at(60)));
  expect(below.split('AliyunServiceRoleForConfig')).toHaveLength(3);
  const beside = stripVTControlCharacters(renderTable(columns, rows, at(90)));
  expect(beside.match(/as above/g)).toHaveLength(1);
});

test('the name of an action is not broken', () => {
  const action = 'Allow config:StartConfigurationRecorder in the policy of the caller.';
  for (const width of [60, 70, 80, 90, 100]) {
    const table = renderTable(columns, [row('payments', action)], at(width));
    expect(table).toContain('config:StartConfigurationRecorder');
  }
});

test.each([40, 44, 60, 100, 140])('fits %i columns', (width) => {
  const rows = [row(CHINESE, ADVICE), row('x'.repeat(200), ADVICE.repeat(5))];
  const lines = renderTable(columns, rows, at(width)).split('\n');
  expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
});

test('takes no more room than it needs', () => {
  const table = renderTable(columns, [row('a', 'b')], at(200));
  expect(stripVTControlCharacters(table)).toBe(
    'account           name  outcome  what to do\n1000000000000002  a     failed   b',
  );
});

test('a name on several lines stays on one', () => {
  expect(renderTable(columns, [row('two\nlines', 'b')], at(80))).toContain('two lines');
});

test('where not even the columns that can’t give way fit: a list for each row', () => {
  const table = renderTable(columns, [row(CHINESE, 'Wait.'), row('✅ done', 'Wait.')], at(34));
  expect(stripVTControlCharacters(table)).toBe(`1000000000000002
  name        支付平台生产环境账号
              （华东一区，二期）
  outcome     failed
  what to do  Wait.

1000000000000002
  name        ✅ done
  outcome     failed
  what to do  Wait.`);
});

test('an emoji takes two columns', () => {
  const lines = renderTable(columns, [row('✅ done', 'a'), row('👩‍💻', 'b')], at(80)).split('\n');
  expect(lines.map((line) => stringWidth(line.slice(0, line.search(/.$/))))).toEqual([
    ...new Array(3).fill(expect.any(Number)),
  ]);
  const [, first = '', second = ''] = lines;
  expect(stringWidth(first)).toBe(stringWidth(second));
});
