import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  ACCOUNT_ID,
  describeIssues,
  FOLDER_ID,
  readPayload,
} from '../../../workflows/onboarding/payload.ts';

test.each([
  ['1000000000000004', true],
  ['1234567890', true],
  ['123456789', false],
  ['123456789012345678901', false],
  ['1000000000000004\n', false],
  [' 1000000000000004', false],
  ['x1000000000000004', false],
  ['1000000000000004x', false],
])('%j as the id of an account: %s', (text, expected) => {
  expect(ACCOUNT_ID.test(text)).toBe(expected);
});

test.each([
  ['fd-Jyl5U7', true],
  ['r-Wm2s3k', true],
  ['fd-', false],
  ['xfd-Jyl5U7', false],
  ['folder', false],
  ['fd-Jyl5U7\n', false],
])('%j as the id of a folder: %s', (text, expected) => {
  expect(FOLDER_ID.test(text)).toBe(expected);
});

describe('what is wrong with a value', () => {
  const schema = v.strictObject({ id: v.string(), of: v.optional(v.object({ size: v.number() })) });
  const issuesOf = (value: unknown, at?: string) => {
    const { issues = [] } = v.safeParse(schema, value);
    return describeIssues(issues, at);
  };

  test.each([
    [{}, 'id: expected "id", received nothing'],
    [{ id: [] }, 'id: expected string, received an array'],
    [null, 'expected Object, received null'],
    [undefined, 'expected Object, received nothing'],
    ['token', 'expected Object, received text of 5 characters'],
    [true, 'expected Object, received a boolean'],
    [{ id: 7 }, 'id: expected string, received a number'],
    [{ id: {} }, 'id: expected string, received an object'],
    [{ id: null }, 'id: expected string, received null'],
    [{ id: 'a', of: { size: 'b' } }, 'of.size: expected number, received text of 1 characters'],
    [{ id: 'a', extra: 'b' }, 'extra: unknown key'],
  ])('%j', (value, expected) => {
    expect(issuesOf(value)).toBe(expected);
  });

  test('says where the value stands', () => {
    expect(issuesOf({ id: 7 }, 'data')).toBe('data.id: expected string, received a number');
    expect(issuesOf(7, 'data')).toBe('data: expected Object, received a number');
  });

  test('names every place', () => {
    expect(issuesOf({ id: 7, of: 7 })).toBe(
      'id: expected string, received a number; of: expected Object, received a number',
    );
  });
});

test('a payload that is no JSON is named, measured, and not quoted', () => {
  expect(readPayload('The event', '{"token":"secret')).toEqual({
    ok: false,
    reason: 'The event is not JSON in UTF-8 (16 bytes).',
  });
});
