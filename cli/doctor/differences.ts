import { isDeepStrictEqual } from 'node:util';

/** A value that is not what it has to be. */
export interface Difference {
  /** For example `environmentVariables.LOG_STORE`; empty for the whole. */
  readonly path: string;
  /** `undefined`: it has to be absent. */
  readonly expected: unknown;
  /** `undefined`: it is absent. */
  readonly actual: unknown;
}

/**
 * Where `actual` is not as `expected` says, deepest first found. Members of `actual` that `expected`
 * does not name are differences in `strict` places only: `''` means everywhere.
 */
export function differences(
  expected: unknown,
  actual: unknown,
  strict: readonly string[] = [],
  path = '',
): Difference[] {
  if (!isMap(expected) || !isMap(actual)) {
    return isDeepStrictEqual(plain(expected), plain(actual)) ? [] : [{ path, expected, actual }];
  }
  const isStrict = strict.some((one) => one === '' || one === path);
  const keys = new Set([...Object.keys(expected), ...(isStrict ? Object.keys(actual) : [])]);
  return [...keys].flatMap((key) =>
    differences(expected[key], actual[key], strict, path === '' ? key : `${path}.${key}`),
  );
}

/** Parsers make maps with and without a prototype. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without members where it is no map. */
export function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

/** Empty where it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
