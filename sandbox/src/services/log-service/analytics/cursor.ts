import { type Position, statementError, unsupported } from './statement-error.ts';
import type { SqlSymbol, Token } from './tokenize.ts';

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
  unexpected(expected: string): Error;
}

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
  localtimestamp natural offset range recursive right rollup rows set tablesample unnest using values`);

export function isReserved(key: string): boolean {
  return RESERVED.has(key);
}

export function createCursor(tokens: readonly Token[]): Cursor {
  let index = 0;
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
