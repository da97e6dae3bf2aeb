/** `unknown` is the type of NULL: it goes with every other. */
export type SqlType =
  | 'bigint'
  | 'boolean'
  | 'double'
  | 'timestamp'
  | 'timestamp with time zone'
  | 'unknown'
  | 'varchar';

/**
 * How the database holds them: bigint as INTEGER, double as REAL, varchar as TEXT, boolean as 0 or
 * 1, both timestamps as INTEGER milliseconds since 1970.
 */
export const HELD_AS: Readonly<Record<SqlType, 'INTEGER' | 'REAL' | 'TEXT'>> = {
  bigint: 'INTEGER',
  boolean: 'INTEGER',
  double: 'REAL',
  timestamp: 'INTEGER',
  'timestamp with time zone': 'INTEGER',
  unknown: 'TEXT',
  varchar: 'TEXT',
};

/** What a function written in JavaScript returns is REAL or TEXT until it is held as its type. */
export function heldAs(type: SqlType, sql: string): string {
  return `CAST(${sql} AS ${HELD_AS[type]})`;
}

export function isNumeric(type: SqlType): boolean {
  return type === 'bigint' || type === 'double' || type === 'unknown';
}

export function isTime(type: SqlType): boolean {
  return type === 'timestamp' || type === 'timestamp with time zone' || type === 'unknown';
}

export function isA(type: SqlType, ...wanted: readonly SqlType[]): boolean {
  return type === 'unknown' || wanted.includes(type);
}

/** The type that all of them can be without a cast; `undefined` where there is none. */
export function commonType(types: readonly SqlType[]): SqlType | undefined {
  const known = new Set(types.filter((type) => type !== 'unknown'));
  const [first] = known;
  if (first === undefined) return 'unknown';
  if (known.size === 1) return first;
  if ([...known].every(isNumeric)) return 'double';
  if ([...known].every(isTime)) return 'timestamp with time zone';
  return undefined;
}

/** A bigint among doubles becomes one; other types need no change. */
export function coerced(value: { readonly sql: string; readonly type: SqlType }, to: SqlType) {
  return to === 'double' && value.type === 'bigint' ? heldAs('double', value.sql) : value.sql;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
