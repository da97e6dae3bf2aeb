import { describe, expect, test } from 'vitest';
import { evaluate } from './expression/evaluate.ts';
import { parseExpression } from './expression/parse.ts';

const scope = {
  $Input: { n: 3, text: 'ready', yes: true, inner: { deep: 20 }, nothing: null },
};
const value = (text: string) => evaluate(parseExpression(text), scope);

test.each([
  ['$Input.n', 3],
  ['$Input.inner.deep', 20],
  ['$Input.nothing', null],
  ['"text"', 'text'],
  ['`text`', 'text'],
  ['-2', -2],
  ['intAdd($Input.n, 4)', 7],
  ['intAdd(intAdd(1, 2), 3)', 6],
  ['jsonMerge({"a": 1}, {"b": {"c": $Input.n}})', { a: 1, b: { c: 3 } }],
  ['jsonMerge({"a": 1}, {"a": 1})', { a: 1 }],
  ['jsonMerge({}, {})', {}],
  ['$Input.n == 3', true],
  ['$Input.n != 3', false],
  ['$Input.n > 2', true],
  ['$Input.n >= 4', false],
  ['$Input.n < 4', true],
  ['$Input.n <= 2', false],
  ['$Input.text=="ready"', true],
  ['$Input.n == 3 && $Input.n > 5', false],
  ['$Input.n == 3 || $Input.n > 5', true],
  ['$Input.n == 1 || $Input.n == 3 && $Input.n > 5', false],
  ['$Input.n == 3 && $Input.yes', true],
  ['$Input.yes && false', false],
  // The right side is not looked at when the left one decides.
  ['$Input.n == 3 || $Input.absent == 1', true],
  ['$Input.n == 1 && $Input.absent == 1', false],
])('%s', (text, expected) => {
  expect(value(text)).toEqual(expected);
});

describe('what has no documented value is refused', () => {
  test.each([
    ['$Input.absent', 'there is no $Input.absent'],
    ['$Input.inner.list.deep', 'there is no $Input.inner.list'],
    ['$Input.n.deeper', 'there is no $Input.n.deeper'],
    ['$Input.toString', 'there is no $Input.toString'],
    ['$Output.Body', 'there is no $Output'],
    ['$Input.n == "3"', 'compares neither two numbers nor two texts'],
    ['$Input.yes == true', 'compares neither two numbers nor two texts'],
    ['$Input.n && $Input.yes', '3 is neither true nor false'],
    ['intAdd(1, 0.5)', 'intAdd takes two integers'],
    ['intAdd(1)', 'intAdd takes two integers'],
    ['jsonMerge({"a": 1}, {"a": 2})', 'which one wins is not documented'],
    ['jsonMerge($Input, 1)', 'jsonMerge takes two objects'],
    ['format("{}", 1)', 'the function format is not modelled'],
  ])('%s', (text, message) => {
    expect(() => value(text)).toThrow(message);
  });
});

describe('what is not modelled can not be read', () => {
  test.each([
    ['$Global.count', '$Global is not modelled'],
    ['$input.n', '$input is not modelled'],
    ['$Input.n + 1', '"+ 1" is not modelled'],
    ['!$Input.yes', '"!$Input.yes" is not modelled'],
    ['[1, 2]', '[ is not modelled here'],
    ['ready', 'ready is no value'],
    ['$Input.', 'it ends too early'],
    ['$Input.list[0]', '[ is not modelled here'],
    ['($Input.n == 1)', '( is not modelled here'],
    ['$Input.n == null', 'null is no value'],
    ["$Input.text == 'ready'", `"'ready'" is not modelled`],
    ['intAdd(1, 2', ') is expected'],
    ['$Input.n $Input.n', 'something follows its end'],
    ['{n: 1}', 'a quoted key is expected'],
    ['', 'it ends too early'],
    ['"open', 'is not modelled'],
  ])('%s', (text, message) => {
    expect(() => parseExpression(text)).toThrow(message);
  });
});
