import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { type Column, renderTable } from '../../cli/table.ts';
import { displayWidth } from '../../cli/text-width.ts';

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
  const table = renderTable(
    columns,
    [row(CHINESE, ADVICE), row('payments', 'Wait.')],
    undefined,
    80,
  );
  expect(stripVTControlCharacters(table)).toBe(
    `account           name                                    outcome
1000000000000002  支付平台生产环境账号（华东一区，二期）  failed
    Create the service-linked role AliyunServiceRoleForConfig in the RAM
    console, then run again.

1000000000000002  payments                                failed
    Wait.`,
  );
  for (const line of table.split('\n')) {
    expect(displayWidth(line)).toBeLessThanOrEqual(80);
    expect(line).toBe(line.trimEnd());
  }
});

test('what rows that follow each other share is said once', () => {
  const rows = [row('a', ADVICE), row('b', ADVICE), row('c', 'Wait.'), row('d', ADVICE)];
  const below = stripVTControlCharacters(renderTable(columns, rows, undefined, 60));
  expect(below.split('AliyunServiceRoleForConfig')).toHaveLength(3);
  const beside = stripVTControlCharacters(renderTable(columns, rows, undefined, 90));
  expect(beside.match(/as above/g)).toHaveLength(1);
});

test('the name of an action is not broken', () => {
  const action = 'Allow config:StartConfigurationRecorder in the policy of the caller.';
  for (const width of [60, 70, 80, 90, 100]) {
    const table = renderTable(columns, [row('payments', action)], undefined, width);
    expect(table).toContain('config:StartConfigurationRecorder');
  }
});

test.each([60, 100, 140])('fits %i columns', (width) => {
  const rows = [row(CHINESE, ADVICE), row('x'.repeat(200), ADVICE.repeat(5))];
  const lines = renderTable(columns, rows, undefined, width).split('\n');
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
});

test('takes no more room than it needs', () => {
  const table = renderTable(columns, [row('a', 'b')], undefined, 200);
  expect(stripVTControlCharacters(table)).toBe(
    'account           name  outcome  what to do\n1000000000000002  a     failed   b',
  );
});

test('a name on several lines stays on one', () => {
  expect(renderTable(columns, [row('two\nlines', 'b')], undefined, 80)).toContain('two lines');
});
