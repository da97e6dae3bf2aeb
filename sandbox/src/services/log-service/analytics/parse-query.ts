import { parseExpression, parseList, parseSortItem } from './parse-expression.ts';
import {
  type Expression,
  type Limit,
  type NamedQuery,
  type Query,
  type Select,
  type SelectItem,
  type Source,
  statementError,
  unsupported,
} from './syntax.ts';
import { type Cursor, createCursor, isReserved } from './tokenize.ts';

/** More rows can't be read. Source: "LIMIT clause"; sls.aliyun.com/doc/sqlerror, pagination. */
const MOST_ROWS = 1_000_000;
/** Each looks at every log. */
const MOST_SELECTS = 20;

/**
 * The grammar is in README.md beside this file. Throws `ParameterInvalid` for what the service
 * can't parse, `SandboxUnsupportedAnalytics` for what only the sandbox can't.
 */
export function parseStatement(statement: string): Query {
  const cursor = createCursor(statement);
  const query = parseQuery(cursor);
  if (cursor.peek().kind !== 'end') {
    throw cursor.unexpected("{<EOF>, 'GROUP', 'HAVING', 'LIMIT', 'ORDER', 'UNION', 'WHERE'}");
  }
  return query;
}

function parseQuery(cursor: Cursor): Query {
  const named = cursor.takeWord('with') ? parseList(cursor, parseNamed) : [];
  const selects: [Select, ...Select[]] = [parseSelect(cursor)];
  while (cursor.isWord('union')) {
    const { at } = cursor.next();
    if (!cursor.takeWord('all')) throw unsupported(at, 'UNION without ALL');
    if (selects.length === MOST_SELECTS) throw unsupported(at, `more than ${MOST_SELECTS} SELECTs`);
    selects.push(parseSelect(cursor));
  }
  const sorted = cursor.takeWord('order');
  if (sorted) cursor.expectWord('by');
  const orderBy = sorted ? parseList(cursor, parseSortItem) : [];
  return { selects, orderBy, limit: parseLimit(cursor), named };
}

function parseNamed(cursor: Cursor): NamedQuery {
  const name = cursor.expectName().text;
  if (cursor.isSymbol('(')) throw unsupported(cursor.at, 'names for the columns of a WITH query');
  cursor.expectWord('as');
  return { name, query: parseSubquery(cursor) };
}

function parseSubquery(cursor: Cursor): Query {
  cursor.expectSymbol('(');
  const query = cursor.nested(() => parseQuery(cursor));
  cursor.expectSymbol(')');
  return query;
}

function parseSelect(cursor: Cursor): Select {
  const { at } = cursor;
  if (cursor.isSymbol('(')) throw unsupported(at, 'a SELECT in parentheses');
  cursor.expectWord('select');
  const distinct = cursor.takeWord('distinct');
  if (!distinct) cursor.takeWord('all');
  const items = parseList(cursor, parseItem);
  const from = cursor.takeWord('from') ? parseSource(cursor) : undefined;
  const where = cursor.takeWord('where') ? parseExpression(cursor) : undefined;
  let groupBy: readonly Expression[] = [];
  if (cursor.takeWord('group')) {
    cursor.expectWord('by');
    groupBy = parseList(cursor, parseExpression);
  }
  const having = cursor.takeWord('having') ? parseExpression(cursor) : undefined;
  return { at, distinct, items, from, where, groupBy, having };
}

function parseItem(cursor: Cursor): SelectItem {
  const { at } = cursor;
  if (cursor.takeSymbol('*')) return { kind: 'all', at };
  const value = parseExpression(cursor);
  return { kind: 'expression', value, alias: parseAlias(cursor) };
}

function parseAlias(cursor: Cursor): string | undefined {
  if (cursor.takeWord('as')) return cursor.expectName().text;
  const token = cursor.peek();
  // `limit` is not reserved, and yet what follows it is no alias.
  const free = token.kind === 'word' && !isReserved(token.key) && token.key !== 'limit';
  return free || token.kind === 'quoted' ? cursor.expectName().text : undefined;
}

function parseSource(cursor: Cursor): Source {
  const { at } = cursor;
  const source: Source = cursor.isSymbol('(')
    ? { kind: 'query', query: parseSubquery(cursor), alias: parseAlias(cursor) }
    : { kind: 'table', name: cursor.expectName().text, alias: parseAlias(cursor), at };
  if (cursor.isSymbol(',')) throw unsupported(cursor.at, 'more than one table in FROM');
  if (cursor.isSymbol('(')) throw unsupported(cursor.at, 'names for the columns of a table');
  return source;
}

function parseLimit(cursor: Cursor): Limit | undefined {
  const { at } = cursor;
  if (!cursor.takeWord('limit')) return undefined;
  const first = parseCount(cursor);
  const paged = cursor.takeSymbol(',');
  const limit = paged
    ? { offset: first, count: parseCount(cursor), paged, at }
    : { offset: 0, count: first, paged, at };
  if (limit.offset + limit.count > MOST_ROWS) {
    throw statementError(at, `reading data with pagination only allow reading max:${MOST_ROWS}`);
  }
  return limit;
}

function parseCount(cursor: Cursor): number {
  const token = cursor.peek();
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) {
    throw cursor.unexpected('a whole number');
  }
  cursor.next();
  return Number(token.text);
}
