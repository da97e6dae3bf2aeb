import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorTable } from './support/adapters/error-table.ts';
import { anchorsOf, differences, linkedFiles } from './support/readme-parity.ts';

const root = new URL('../', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, root), 'utf8');

/** What is written in both languages. */
const TRANSLATED = [
  'README.md',
  'docs/command.md',
  'docs/deploying.md',
  'docs/permissions.md',
  'docs/settings-and-results.md',
];
const chineseNameOf = (file: string) => file.replace('.md', '.zh-CN.md');

const english = textOf('README.md');
const chinese = textOf('README.zh-CN.md');

/** Links to other translated files have to go to the same heading of the same language. */
function compared(file: string, original: string, translation: string): string[] {
  const own = basename(file);
  const inChinese = withPositions(file, translation.replace(`[English](${own})`, ''));
  return differences(
    withPositions(file, original.replace(`[中文](${chineseNameOf(own)})`, '')),
    TRANSLATED.map((other) => basename(other)).reduce(
      (text, name) => text.replaceAll(chineseNameOf(name), name),
      inChinese,
    ),
  );
}

/** A heading of another file as its position there: its words are translated. */
function withPositions(file: string, text: string): string {
  return text.replace(/\]\(([^)#\s]+\.md)(#[^)\s]+)\)/g, (_, target: string, anchor: string) => {
    const position = anchorsOf(textOf(posix.join(dirname(file), target))).indexOf(anchor);
    if (position < 0) throw new Error(`${file} links to ${target}${anchor}, which is no heading.`);
    return `](${target}#heading-${position})`;
  });
}

describe.each(TRANSLATED)('%s', (file) => {
  const [original, translation] = [textOf(file), textOf(chineseNameOf(file))];

  test('in Chinese differs from the one in English in its words only', () => {
    expect(compared(file, original, translation)).toEqual([]);
  });

  test('and the one in Chinese link to each other, below their titles', () => {
    const own = basename(file);
    expect(original.split('\n').slice(1, 3)).toEqual(['', `[中文](${chineseNameOf(own)})`]);
    expect(translation.split('\n').slice(1, 3)).toEqual(['', `[English](${own})`]);
  });

  test('in both languages, links to files that exist, and to those of its language', () => {
    for (const text of [original, translation]) {
      const files = linkedFiles(text).map((target) => posix.join(dirname(file), target));
      expect(files.length).toBeGreaterThan(0);
      expect(files.filter((target) => !existsSync(new URL(target, root)))).toEqual([]);
    }
    const others = linkedFiles(translation).slice(1);
    expect(
      others.filter((target) => TRANSLATED.includes(posix.join(dirname(file), target))),
    ).toEqual([]);
  });
});

test('the table of errors in Chinese is the code’s', () => {
  expect(textOf('docs/settings-and-results.zh-CN.md')).toContain(errorTable());
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
  ['a lost table row', /\| 1,000 .*\n/, '', 'Figures: table of rows 1: 5 / 4'],
  ['a changed code span', '`sls.builtin`', '`sls.other`', 'Monitoring: lost `sls.builtin`'],
  ['a link elsewhere', '(docs/decisions.md)', '(docs/other.md)', 'Reference: link 5'],
  ['an anchor of another heading', '(#部署)', '(#成本)', 'Before you turn it on: link 1'],
  [
    'an anchor of another heading of another file',
    '(docs/permissions.zh-CN.md#函数)',
    '(docs/permissions.zh-CN.md#运维人员)',
    'Before you turn it on: link 2',
  ],
  ['an anchor of no heading', '(#部署)', '(#deploying)', 'which is no heading'],
])('in the readme in Chinese, %s is noticed', (_, from, to, message) => {
  const broken = chinese.replace(from, to);
  expect(broken).not.toBe(chinese);
  expect(compared('README.md', english, broken).join('\n')).toContain(message);
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
