/** What a template looks like to a person, and what a parser of either version of YAML reads. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { apart, inline, noted, toYaml, type ValueMap } from '../../infra/yaml.ts';

it('keeps order, comments and blank lines', () => {
  expect(
    toYaml({
      zebra: noted('First of all.\nIn two lines.', 1),
      apple: apart({ on: noted('Within.', true), list: ['a', 'b', 3] }),
      gone: undefined,
      lines: [noted('One.', { name: 'x', deep: { er: 'thing' } }), { name: 'z' }],
    }),
  ).toBe(`# First of all.
# In two lines.
zebra: 1

apple:
  # Within.
  "on": true
  list: [a, b, 3]
lines:
  # One.
  - name: x
    deep:
      er: thing
  - name: z
`);
});

it('a map stands on one line where that is asked for, and fits', () => {
  const long = 'x'.repeat(90);
  expect(
    toYaml({
      short: inline({ a: 1, b: [2], c: undefined, d: {} }),
      noted: noted('Why.', inline({ a: 1 })),
      long: inline({ a: 1, b: long }),
      list: [inline({ a: 1 }), inline({ b: long })],
    }),
  ).toBe(`short: { a: 1, b: [2], d: {} }
# Why.
noted: { a: 1 }
long:
  a: 1
  b: ${long}
list:
  - { a: 1 }
  - b: ${long}
`);
});

describe('texts', () => {
  const words = Array.from({ length: 40 }, (_, index) => `word${index}`).join(' ');

  it('that are too long are folded at 100 columns, as deep as they stand', () => {
    const text = toYaml({ a: { b: [{ query: words, short: 'one line' }] } });
    const lines = text.split('\n');
    expect(lines[2]).toBe('    - query: >-');
    expect(lines[3]).toMatch(/^ {8}word0 word1 /);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines[3]?.length).toBeGreaterThan(92);
    expect(text).toContain('      short: one line\n');
  });

  it('of several lines stay as they are', () => {
    expect(toYaml({ flow: `# a\nb:  ${words}\n` })).toBe(`flow: |\n  # a\n  b:  ${words}\n`);
  });

  it('count a Chinese character as two columns', () => {
    const text = (length: number) => toYaml({ zh: `${'字'.repeat(length)} 字` });
    expect(text(46)).toMatch(/^zh: 字/);
    expect(text(47)).toMatch(/^zh: >-\n/);
  });

  it('without a place to fold stay on their line', () => {
    expect(toYaml({ arn: 'a:'.repeat(60) })).not.toContain('>-');
  });
});

it('both versions of YAML read the same', () => {
  const map: ValueMap = {
    date: '2015-09-01',
    version: '1',
    on: 'yes',
    off: 'no',
    time: '12:30:00',
    zero: '007',
    empty: '',
    rule: '@',
    colon: 'a: b',
    shared: [{ Ref: 'X' }, { Ref: 'X' }],
  };
  const same = { Ref: 'Y' };
  const text = toYaml({ ...map, twice: [same, same] });
  for (const version of ['1.1', '1.2'] as const) {
    expect(parse(text, { version })).toEqual({ ...map, twice: [same, same] });
  }
  expect(text).not.toContain('&');
});
