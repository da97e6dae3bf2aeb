import { logError } from '../errors.ts';

const LARGEST_PAGE = 500;

/** The page that `offset` (default 0) and `size` (1–500, default 100) ask for. */
export function pageOf<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const offset = wholeNumber(query, 'offset', 0);
  const size = wholeNumber(query, 'size', 100);
  if (size < 1 || size > LARGEST_PAGE) {
    throw logError('ParameterInvalid', `size must be 1 to ${LARGEST_PAGE}.`);
  }
  return items.slice(offset, offset + size);
}

function wholeNumber(query: URLSearchParams, name: string, byDefault: number): number {
  const text = query.get(name);
  // `@alicloud/log` sends an option that was not given as an empty one.
  if (text === null || text === '') return byDefault;
  if (!/^\d+$/.test(text)) throw logError('ParameterInvalid', `${name} must be a whole number.`);
  return Number(text);
}
