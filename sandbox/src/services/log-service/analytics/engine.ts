import initSqlJs, { type Database, type SqlJsStatic } from 'sql.js';
import { ServiceError } from '../../../protocols/service-error.ts';
import { AGGREGATES, type Scalar, scalars, type Value } from './implementations.ts';
import { HELD_AS, type SqlType } from './types.ts';

/** One statement over one table, already in the database's own SQL. */
interface Computation {
  /** Of the table `log`. */
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  readonly rows: readonly (readonly Value[])[];
  readonly sql: string;
  readonly nowMs: number;
}

let loaded: Promise<SqlJsStatic> | undefined;

/**
 * SQLite, in a fresh database in memory. Its WebAssembly is loaded once for the process, with the
 * first statement. Throws what a function of the statement throws.
 */
export async function compute(computation: Computation): Promise<readonly (readonly Value[])[]> {
  loaded ??= initSqlJs();
  const { Database } = await loaded;
  const database = new Database();
  try {
    return run(database, computation);
  } finally {
    database.close();
  }
}

function run(database: Database, { columns, rows, sql, nowMs }: Computation) {
  const failures: ServiceError[] = [];
  for (const scalar of scalars({ nowMs })) register(database, scalar, failures);
  registerAggregates(database, failures);
  database.run('PRAGMA case_sensitive_like = ON');
  // A table needs a column, also where the statement uses none.
  const definitions = columns.map(({ name, type }) => `, ${name} ${HELD_AS[type]}`);
  database.run(`CREATE TABLE log (ordinal INTEGER PRIMARY KEY${definitions.join('')})`);
  database.run('BEGIN');
  const insert = database.prepare(`INSERT INTO log VALUES (NULL${', ?'.repeat(columns.length)})`);
  for (const row of rows) insert.run([...row]);
  insert.free();
  database.run('COMMIT');
  try {
    const [result] = database.exec(sql);
    return (result?.values ?? []).map((row) => row.map(plainValue));
  } catch (error) {
    throw failures[0] ?? error;
  }
}

/** The database counts the parameters of what it is given. */
function register(database: Database, { name, arity, compute }: Scalar, failures: ServiceError[]) {
  const call = (...inputs: readonly unknown[]): Value =>
    remembering(failures, () => compute(...inputs.map(plainValue)));
  switch (arity) {
    case 0:
      database.create_function(name, () => call());
      break;
    case 1:
      database.create_function(name, (a) => call(a));
      break;
    case 2:
      database.create_function(name, (a, b) => call(a, b));
      break;
    case 3:
      database.create_function(name, (a, b, c) => call(a, b, c));
  }
}

function registerAggregates(database: Database, failures: ServiceError[]): void {
  if (!hasAggregates(database)) throw new Error('sql.js has no create_aggregate.');
  for (const { name, compute } of AGGREGATES) {
    database.create_aggregate(name, {
      init: () => [],
      step(rows, first, second) {
        rows.push([plainValue(first), plainValue(second)]);
        return rows;
      },
      finalize: (rows) => remembering(failures, () => compute(rows)),
    });
  }
}

type Rows = (readonly [Value, Value])[];

/** Which sql.js has and its types leave out. */
interface Aggregating {
  create_aggregate(
    name: string,
    functions: {
      init(): Rows;
      step(rows: Rows, first: unknown, second: unknown): Rows;
      finalize(rows: Rows): Value;
    },
  ): unknown;
}

function hasAggregates(database: object): database is Aggregating {
  return 'create_aggregate' in database && typeof database.create_aggregate === 'function';
}

/** The database passes on an error's text only. */
function remembering(failures: ServiceError[], compute: () => Value): Value {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ServiceError) failures.push(error);
    throw error;
  }
}

function plainValue(value: unknown): Value {
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}
