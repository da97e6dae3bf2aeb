import type { SortItem } from './syntax.ts';

export function sortSql(value: string, { descending, nullsFirst }: SortItem): string {
  return `${value} ${descending ? 'DESC' : 'ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}
