/** What a template is made of, and what its expressions come to. */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap;

export interface ValueMap {
  readonly [key: string]: Value;
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The order of keys does not count; that of items does. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (isList(a) && isList(b)) {
    return a.length === b.length && a.every((item, index) => isSameValue(item, b[index]));
  }
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && isSameValue(a[key], b[key]))
    );
  }
  return a === b;
}

/** `undefined` for what JSON can't say: dates, NaN, sets. */
export function toValue(given: unknown): Value | undefined {
  if (given === null || typeof given === 'string' || typeof given === 'boolean') return given;
  if (typeof given === 'number') return Number.isFinite(given) ? given : undefined;
  if (Array.isArray(given)) {
    const items = given.map(toValue).filter((item) => item !== undefined);
    return items.length === given.length ? items : undefined;
  }
  if (typeof given !== 'object' || Object.getPrototypeOf(given) !== Object.prototype) {
    return undefined;
  }
  const entries: [string, Value][] = [];
  for (const [key, member] of Object.entries(given)) {
    const value = toValue(member);
    if (value === undefined) return undefined;
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

/**
 * Stands in a value for what is known only when the resource exists. Such a text passes every check
 * of its form and differs from every real one.
 */
export const UNKNOWN = '\u0000known after execution\u0000';

export function isUnknown(value: Value): boolean {
  return typeof value === 'string' && value.includes(UNKNOWN);
}
