import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorTable } from './support/adapters/error-table.ts';
import { differences, linkedFiles } from './support/readme-parity.ts';

const root = new URL('../', import.meta.url);
const english = readFileSync(new URL('README.md', root), 'utf8');
const chinese = readFileSync(new URL('README.zh-CN.md', root), 'utf8');

const LINK_TO_CHINESE = '[中文](README.zh-CN.md)';
const LINK_TO_ENGLISH = '[English](README.md)';

/** The two files link to each other: the one pair of links that has to differ. */
function compared(translation: string): string[] {
  return differences(
    english.replace(LINK_TO_CHINESE, ''),
    translation.replace(LINK_TO_ENGLISH, ''),
  );
}

test('the readme in Chinese differs from the one in English in its words only', () => {
  expect(compared(chinese)).toEqual([]);
});

test('each links to the other, below its title', () => {
  expect(english.split('\n').slice(1, 3)).toEqual(['', LINK_TO_CHINESE]);
  expect(chinese.split('\n').slice(1, 3)).toEqual(['', LINK_TO_ENGLISH]);
});

test('its table of errors is the code’s', () => {
  expect(chinese).toContain(errorTable());
});

test.each([
  ['README.md', english],
  ['README.zh-CN.md', chinese],
])('every file that %s links to exists', (_, text) => {
  const files = linkedFiles(text);
  expect(files.length).toBeGreaterThan(3);
  expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});

test.each([
  ['a heading of another level', '### 术语', '## 术语', 'heading levels'],
  ['a lost heading', '## 移除\n', '', 'heading levels'],
  [
    'a changed command',
    '\nnpm run deploy -- --remove',
    '\nnpm run deploy -- --rm',
    'Removing: code line 1',
  ],
  ['a lost code line', /npm run deploy {2}.*\n/, '', 'Deploying: code block of lines 1: 7 / 6'],
  ['a lost table row', /\| 1,000 .*\n/, '', 'Costs: table of rows 1: 5 / 4'],
  ['a changed code span', '`sls.builtin`', '`sls.other`', 'Monitoring: lost `sls.builtin`'],
  ['a link elsewhere', '(docs/decisions.md)', '(docs/other.md)', 'Development: link 2'],
  ['an anchor of another heading', '(#部署)', '(#结果)', 'Before you turn it on: link 1'],
  ['an anchor of no heading', '(#部署)', '(#deploying)', 'which is no heading'],
])('in the readme in Chinese, %s is noticed', (_, from, to, message) => {
  const broken = chinese.replace(from, to);
  expect(broken).not.toBe(chinese);
  expect(compared(broken).join('\n')).toContain(message);
});

const SAMPLE = [
  '# Title',
  'See [more](more.md) and [below](#part-one).',
  '## Part one',
  '```',
  'run it     # a comment',
  '# no heading',
  '```',
  '| `a`, `b` | c |',
  '|---|---|',
  '',
  '| d |',
].join('\n');

test('a sample whose words and comments are translated is the same', () => {
  const translated = SAMPLE.replace('Title', '标题')
    .replace('#part-one', '#第一部分')
    .replace('## Part one', '## 第一部分')
    .replace('# a comment', '# 注释')
    .replace('`a`, `b`', '`b`、`a`');
  expect(differences(SAMPLE, translated)).toEqual([]);
});

test.each([
  ['## Part one', '### Part one', ['heading levels: 0 1 2 / 0 1 3']],
  ['run it ', 'run that ', ['Part one: code line 1: run it / run that']],
  [
    '# no heading\n',
    '',
    ['Part one: code block of lines 1: 2 / 1', 'Part one: code line 2: # no heading / nothing'],
  ],
  ['|---|---|\n', '', ['Part one: table of rows 1: 2 / 1']],
  ['\n\n', '\n', ['Part one: table of rows 1: 2 / 3', 'Part one: table of rows 2: 1 / nothing']],
  ['`b`', '`x`', ['Part one: lost `b`', 'Part one: added `x`']],
  ['`b`', 'b', ['Part one: lost `b`']],
  ['(more.md)', '(less.md)', ['Title: link 1: more.md / less.md']],
  ['(#part-one)', '(#part-two)', ['Title: link 2: #heading 2 / #part-two, which is no heading']],
])('a sample in which %j is %j is not', (from, to, expected) => {
  expect(differences(SAMPLE, SAMPLE.replace(from, to))).toEqual(expected);
});

test('an anchor of no heading is noticed also when both have it', () => {
  const broken = SAMPLE.replace('#part-one', '#gone');
  expect(differences(broken, broken)).toEqual(['Title: link: #gone, which is no heading']);
});

test('the files that a text links to are found without anchors and addresses', () => {
  const text = '[a](a.md#part) [b](#part) [c](https://example.com/c.md) [d](d/e.md)';
  expect(linkedFiles(text)).toEqual(['a.md', 'd/e.md']);
});
