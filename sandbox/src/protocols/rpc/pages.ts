import type { ParameterReader } from './parameters.ts';

interface Page {
  readonly number: number;
  readonly size: number;
}

/** `PageNumber` from 1 (default 1), `PageSize` from 1 to the product's largest (default 10). */
export function readPage(read: ParameterReader, largestSize: number): Page {
  return {
    number: read.integer('PageNumber', { minimum: 1, maximum: 2 ** 31 - 1 }) ?? 1,
    size: read.integer('PageSize', { minimum: 1, maximum: largestSize }) ?? 10,
  };
}

/** The page's share of the items; past the end it is empty. */
export function cutPage<Item>(items: readonly Item[], page: Page): readonly Item[] {
  return items.slice((page.number - 1) * page.size, page.number * page.size);
}

export function pageAnswer(items: readonly unknown[], page: Page) {
  return { PageNumber: page.number, PageSize: page.size, TotalCount: items.length };
}
