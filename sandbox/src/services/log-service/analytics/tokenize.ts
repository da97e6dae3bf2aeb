import { type Position, statementError, unsupported } from './syntax.ts';

/** `key` of a word is its lower case: statements are case-insensitive. */
type Token =
  | { readonly kind: 'word'; readonly text: string; readonly key: string; readonly at: Position }
  | { readonly kind: 'quoted' | 'string' | 'number'; readonly text: string; readonly at: Position }
  | { readonly kind: 'symbol'; readonly text: SqlSymbol; readonly at: Position }
  | { readonly kind: 'end'; readonly text: '<EOF>'; readonly at: Position };

type SqlSymbol = (typeof SYMBOLS)[number];

/** The longer of two first. */
const SYMBOLS = [
  '<>',
  '!=',
  '<=',
  '>=',
  '||',
  '(',
  ')',
  ',',
  '.',
  '+',
  '-',
  '*',
  '/',
  '%',
  '=',
  '<',
  '>',
] as const;

/** Walks over tokens. What is expected and not there throws. */
export interface Cursor {
  readonly at: Position;
  peek(ahead?: number): Token;
  next(): Token;
  isWord(...keys: readonly string[]): boolean;
  isSymbol(...symbols: readonly SqlSymbol[]): boolean;
  /** Steps over the word if it is next. */
  takeWord(key: string): boolean;
  takeSymbol(symbol: SqlSymbol): boolean;
  expectWord(key: string): void;
  expectSymbol(symbol: SqlSymbol): void;
  /** A name that is no reserved word, or one in quotation marks. */
  expectName(): { readonly text: string; readonly quoted: boolean; readonly at: Position };
  /** One level deeper in parentheses and signs. Throws past `DEEPEST`. */
  nested<T>(parse: () => T): T;
  unexpected(expected: string): Error;
}

/** Parsing and computing call themselves as deep. */
const DEEPEST = 100;

/** Presto's: as names they need quotation marks. */
const RESERVED = words(`alter and as between by case cast constraint create cross cube current_date
  current_time current_timestamp current_user deallocate delete describe distinct drop else end
  escape except execute exists extract false for from full group grouping having in inner insert
  intersect into is join left like localtime localtimestamp natural normalize not null on or order
  outer prepare recursive right rollup select table then true uescape union unnest using values when
  where with`);

/** Of the real dialect and not of ours; `set` begins a session setting. */
const UNSUPPORTED = words(`cross cube current_date current_time current_timestamp except exists
  extract filter fetch full grouping inner insert intersect interval join left localtime
  localtimestamp natural nulls offset range recursive right rollup rows set tablesample unnest using
  values`);

export function isReserved(key: string): boolean {
  return RESERVED.has(key);
}

export function createCursor(statement: string): Cursor {
  const tokens = tokenize(statement);
  let index = 0;
  let depth = 0;
  const peek = (ahead = 0): Token => {
    const token = tokens[Math.min(index + ahead, tokens.length - 1)];
    if (token === undefined) throw new Error('A list of tokens has an end.');
    return token;
  };

  const cursor: Cursor = {
    get at() {
      return peek().at;
    },
    peek,
    next() {
      const token = peek();
      index += 1;
      return token;
    },
    isWord(...keys) {
      const token = peek();
      return token.kind === 'word' && keys.includes(token.key);
    },
    isSymbol(...symbols) {
      const token = peek();
      return token.kind === 'symbol' && symbols.includes(token.text);
    },
    takeWord(key) {
      if (!cursor.isWord(key)) return false;
      index += 1;
      return true;
    },
    takeSymbol(symbol) {
      if (!cursor.isSymbol(symbol)) return false;
      index += 1;
      return true;
    },
    expectWord(key) {
      if (!cursor.takeWord(key)) throw cursor.unexpected(`'${key.toUpperCase()}'`);
    },
    expectSymbol(symbol) {
      if (!cursor.takeSymbol(symbol)) throw cursor.unexpected(`'${symbol}'`);
    },
    expectName() {
      const { at, ...token } = peek();
      const named = token.kind === 'quoted' || (token.kind === 'word' && !RESERVED.has(token.key));
      if (!named) throw cursor.unexpected('an identifier');
      index += 1;
      return { text: token.text, quoted: token.kind === 'quoted', at };
    },
    nested(parse) {
      depth += 1;
      if (depth > DEEPEST) throw unsupported(cursor.at, `more than ${DEEPEST} levels of nesting`);
      const parsed = parse();
      depth -= 1;
      return parsed;
    },
    unexpected(expected) {
      const token = peek();
      if (token.kind === 'word' && UNSUPPORTED.has(token.key)) {
        return unsupported(token.at, token.key.toUpperCase());
      }
      return statementError(token.at, `mismatched input '${token.text}' expecting ${expected}`);
    },
  };
  return cursor;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

const SPACE = /\s+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
/** `''` in a string and `""` in a name stand for one of them. */
const STRING = /'(?:[^']|'')*'/y;
const QUOTED = /"(?:[^"]|"")*"/y;

/** What is longer is refused, not waited for: each may be an operator of a tree that deep. */
const MOST_TOKENS = 2000;

/** Throws `ParameterInvalid`, `SandboxUnsupportedAnalytics`. The last token is `end`. */
function tokenize(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  let index = 0;
  let at: Position = { line: 1, column: 1 };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = index;
    return pattern.exec(statement)?.[0];
  };
  const take = (text: string): void => {
    const lines = text.split('\n');
    const last = lines.at(-1) ?? '';
    at =
      lines.length === 1
        ? { line: at.line, column: at.column + text.length }
        : { line: at.line + lines.length - 1, column: last.length + 1 };
    index += text.length;
  };

  for (;;) {
    take(match(SPACE) ?? '');
    if (tokens.length > MOST_TOKENS) throw unsupported(at, `more than ${MOST_TOKENS} words`);
    if (index === statement.length) return [...tokens, { kind: 'end', text: '<EOF>', at }];
    if (statement.startsWith('--', index) || statement.startsWith('/*', index)) {
      throw unsupported(at, 'comments');
    }
    const text = match(WORD) ?? match(NUMBER) ?? match(STRING) ?? match(QUOTED);
    if (text === undefined) {
      const symbol = SYMBOLS.find((candidate) => statement.startsWith(candidate, index));
      if (symbol === undefined) throw refusedCharacter(statement.charAt(index), at);
      tokens.push({ kind: 'symbol', text: symbol, at });
      take(symbol);
    } else {
      tokens.push(tokenOf(text, at));
      const start = at;
      take(text);
      refuseNeighbour(text, statement.slice(index, index + 1), start);
    }
  }
}

function tokenOf(text: string, at: Position): Token {
  switch (text.charAt(0)) {
    case "'":
      return { kind: 'string', text: text.slice(1, -1).replaceAll("''", "'"), at };
    case '"':
      return { kind: 'quoted', text: text.slice(1, -1).replaceAll('""', '"'), at };
    default:
      return /^[A-Za-z_]/.test(text)
        ? { kind: 'word', text, key: text.toLowerCase(), at }
        : { kind: 'number', text, at };
  }
}

function refuseNeighbour(text: string, next: string, at: Position): void {
  if (/^[A-Za-z_]/.test(text) && next === ':') {
    throw statementError(at, "identifiers must not contain ':'");
  }
  if (/^[\d.]/.test(text) && /[A-Za-z_]/.test(next)) {
    throw statementError(
      at,
      'identifiers must not start with a digit; surround the identifier with double quotes',
    );
  }
}

function refusedCharacter(character: string, at: Position): Error {
  if (character === "'" || character === '"') return statementError(at, 'unclosed string quote');
  const real = { '[': 'arrays', ';': 'session settings', '|': 'a second pipe' }[character];
  return real === undefined
    ? statementError(at, `extraneous input '${character}' expecting an expression`)
    : unsupported(at, real);
}
