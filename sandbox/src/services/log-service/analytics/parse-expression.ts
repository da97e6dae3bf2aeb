import {
  type Branch,
  type Call,
  type Comparison,
  type Expression,
  type SortItem,
  unsupported,
  type Window,
} from './syntax.ts';
import { type Cursor, isReserved } from './tokenize.ts';

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** OR, then AND, then NOT, then comparisons, then `+ -`, `* / %`, and signs. */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() => {
    let left = parseAnd(cursor);
    while (cursor.isWord('or')) {
      const { at } = cursor.next();
      left = { kind: 'or', left, right: parseAnd(cursor), at };
    }
    return left;
  });
}

/** One or more, between commas. */
export function parseList<T>(cursor: Cursor, parse: (cursor: Cursor) => T): readonly T[] {
  const items = [parse(cursor)];
  while (cursor.takeSymbol(',')) items.push(parse(cursor));
  return items;
}

export function parseSortItem(cursor: Cursor): SortItem {
  const value = parseExpression(cursor);
  const descending = cursor.takeWord('desc');
  if (!descending) cursor.takeWord('asc');
  if (cursor.isWord('nulls')) throw unsupported(cursor.at, 'NULLS FIRST and NULLS LAST');
  return { value, descending };
}

function parseAnd(cursor: Cursor): Expression {
  let left = parseNot(cursor);
  while (cursor.isWord('and')) {
    const { at } = cursor.next();
    left = { kind: 'and', left, right: parseNot(cursor), at };
  }
  return left;
}

function parseNot(cursor: Cursor): Expression {
  if (!cursor.isWord('not')) return parsePredicate(cursor);
  const { at } = cursor.next();
  return { kind: 'not', value: cursor.nested(() => parseNot(cursor)), at };
}

function parsePredicate(cursor: Cursor): Expression {
  const value = parseSum(cursor);
  const token = cursor.peek();
  if (cursor.isSymbol('||')) throw unsupported(token.at, '||, which is concat(…),');
  const { at } = token;
  const operator = token.kind === 'symbol' ? COMPARISONS[token.text] : undefined;
  if (operator !== undefined) {
    cursor.next();
    return { kind: 'comparison', operator, left: value, right: parseSum(cursor), at };
  }
  if (cursor.takeWord('is')) {
    const negated = cursor.takeWord('not');
    if (cursor.isWord('distinct')) throw unsupported(at, 'IS DISTINCT FROM');
    cursor.expectWord('null');
    return negatedIf(negated, { kind: 'is-null', value, at });
  }
  const negated = cursor.takeWord('not');
  if (cursor.takeWord('between')) {
    const low = parseSum(cursor);
    cursor.expectWord('and');
    return negatedIf(negated, {
      kind: 'between',
      value,
      low,
      high: parseSum(cursor),
      at,
    });
  }
  if (cursor.takeWord('in')) {
    cursor.expectSymbol('(');
    refuseSubquery(cursor);
    const items = parseList(cursor, parseExpression);
    cursor.expectSymbol(')');
    return negatedIf(negated, { kind: 'in', value, items, at });
  }
  if (cursor.takeWord('like')) {
    const pattern = cursor.next();
    if (pattern.kind !== 'string') throw unsupported(pattern.at, 'LIKE with anything but a text');
    if (cursor.isWord('escape')) throw unsupported(cursor.at, 'LIKE … ESCAPE');
    return negatedIf(negated, { kind: 'like', value, pattern: pattern.text, at });
  }
  if (negated) throw cursor.unexpected("'BETWEEN', 'IN' or 'LIKE'");
  return value;
}

function negatedIf(negated: boolean, value: Expression): Expression {
  return negated ? { kind: 'not', value, at: value.at } : value;
}

function parseSum(cursor: Cursor): Expression {
  let left = parseProduct(cursor);
  while (cursor.isSymbol('+', '-')) {
    const { at, text } = cursor.next();
    const operator = text === '+' ? '+' : '-';
    left = { kind: 'arithmetic', operator, left, right: parseProduct(cursor), at };
  }
  return left;
}

function parseProduct(cursor: Cursor): Expression {
  let left = parseSigned(cursor);
  while (cursor.isSymbol('*', '/', '%')) {
    const { at, text } = cursor.next();
    const operator = text === '*' ? '*' : text === '/' ? '/' : '%';
    left = { kind: 'arithmetic', operator, left, right: parseSigned(cursor), at };
  }
  return left;
}

function parseSigned(cursor: Cursor): Expression {
  const { at } = cursor;
  if (cursor.takeSymbol('-')) {
    return { kind: 'negative', value: cursor.nested(() => parseSigned(cursor)), at };
  }
  if (cursor.isSymbol('+')) throw unsupported(at, 'a plus sign before a value');
  return parsePrimary(cursor);
}

function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.peek();
  const { at } = token;
  if (token.kind === 'number' || token.kind === 'string') {
    cursor.next();
    return { kind: token.kind, text: token.text, at };
  }
  if (cursor.takeSymbol('(')) {
    refuseSubquery(cursor);
    const inner = parseExpression(cursor);
    if (cursor.isSymbol(',')) throw unsupported(at, 'rows');
    cursor.expectSymbol(')');
    return inner;
  }
  if (cursor.takeWord('true')) return { kind: 'boolean', value: true, at };
  if (cursor.takeWord('false')) return { kind: 'boolean', value: false, at };
  if (cursor.takeWord('null')) return { kind: 'null', at };
  if (cursor.takeWord('case')) return parseCase(cursor, at);
  const after = cursor.peek(1);
  const opens = after.kind === 'symbol' && after.text === '(';
  if (token.kind === 'word' && opens) {
    if (token.key === 'cast') return parseCast(cursor);
    if (token.key === 'try_cast') throw unsupported(at, 'TRY_CAST');
    if (!isReserved(token.key)) return parseCall(cursor, token.key);
  }
  if (token.kind === 'word' && after.kind === 'string' && !isReserved(token.key)) {
    throw unsupported(at, `${token.key.toUpperCase()} '…'`);
  }
  const first = cursor.expectName();
  if (!cursor.takeSymbol('.')) {
    return { kind: 'column', qualifier: undefined, name: first.text, quoted: first.quoted, at };
  }
  const { text, quoted } = cursor.expectName();
  return { kind: 'column', qualifier: first.text, name: text, quoted, at };
}

function parseCase(cursor: Cursor, at: Expression['at']): Expression {
  const subject = cursor.isWord('when') ? undefined : parseExpression(cursor);
  const branches: Branch[] = [];
  do {
    cursor.expectWord('when');
    const when = parseExpression(cursor);
    cursor.expectWord('then');
    branches.push({ when, result: parseExpression(cursor) });
  } while (cursor.isWord('when'));
  const otherwise = cursor.takeWord('else') ? parseExpression(cursor) : undefined;
  cursor.expectWord('end');
  return { kind: 'case', subject, branches, otherwise, at };
}

function parseCast(cursor: Cursor): Expression {
  const { at } = cursor.next();
  cursor.expectSymbol('(');
  const value = parseExpression(cursor);
  cursor.expectWord('as');
  const type = cursor.expectName().text.toLowerCase();
  if (cursor.isSymbol('(')) throw unsupported(cursor.at, `${type}(…)`);
  cursor.expectSymbol(')');
  return { kind: 'cast', value, type, at };
}

function parseCall(cursor: Cursor, name: string): Call {
  const { at } = cursor.next();
  cursor.expectSymbol('(');
  const star = cursor.takeSymbol('*');
  const distinct = !star && cursor.takeWord('distinct');
  const empty = star || (!distinct && cursor.isSymbol(')'));
  const inputs = empty ? [] : parseList(cursor, parseExpression);
  if (cursor.isWord('order')) throw unsupported(cursor.at, 'ORDER BY in an aggregation');
  cursor.expectSymbol(')');
  if (cursor.isWord('filter')) throw unsupported(cursor.at, 'FILTER');
  const over = cursor.takeWord('over') ? parseWindow(cursor) : undefined;
  return { kind: 'call', name, inputs, star, distinct, over, at };
}

function parseWindow(cursor: Cursor): Window {
  cursor.expectSymbol('(');
  let partitionBy: readonly Expression[] = [];
  if (cursor.takeWord('partition')) {
    cursor.expectWord('by');
    partitionBy = parseList(cursor, parseExpression);
  }
  let orderBy: readonly SortItem[] = [];
  if (cursor.takeWord('order')) {
    cursor.expectWord('by');
    orderBy = parseList(cursor, parseSortItem);
  }
  cursor.expectSymbol(')');
  return { partitionBy, orderBy };
}

function refuseSubquery(cursor: Cursor): void {
  if (cursor.isWord('select', 'with')) {
    throw unsupported(cursor.at, 'a subquery outside of FROM');
  }
}
