import type { SqlType } from './types.ts';

/** A query in the database's SQL, ordered, not yet limited. */
export interface Output {
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
}
