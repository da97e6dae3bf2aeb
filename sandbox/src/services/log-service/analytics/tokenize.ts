import { type Position, statementError, unsupported } from './statement-error.ts';

/** `key` of a word is its lower case: statements are case-insensitive. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly key: string; readonly at: Position }
  | { readonly kind: 'quoted' | 'string' | 'number'; readonly text: string; readonly at: Position }
  | { readonly kind: 'symbol'; readonly text: SqlSymbol; readonly at: Position }
  | { readonly kind: 'end'; readonly text: '<EOF>'; readonly at: Position };

export type SqlSymbol = (typeof SYMBOLS)[number];

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

const WORD = /^[A-Za-z_][A-Za-z0-9_]*/;
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
/** `''` in a string and `""` in a name stand for one of them. */
const STRING = /^'((?:[^']|'')*)'/;
const QUOTED = /^"((?:[^"]|"")*)"/;

/** Throws `ParameterInvalid`, `SandboxUnsupportedAnalytics`. The last token is `end`. */
export function tokenize(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = statement;
  let at: Position = { line: 1, column: 1 };
  const take = (text: string): void => {
    const lines = text.split('\n');
    const last = lines.at(-1) ?? '';
    at =
      lines.length === 1
        ? { line: at.line, column: at.column + text.length }
        : { line: at.line + lines.length - 1, column: last.length + 1 };
    rest = rest.slice(text.length);
  };

  for (;;) {
    take(/^\s*/.exec(rest)?.[0] ?? '');
    if (rest === '') return [...tokens, { kind: 'end', text: '<EOF>', at }];
    if (/^(?:--|\/\*)/.test(rest)) throw unsupported(at, 'comments');
    const word = WORD.exec(rest)?.[0];
    const number = NUMBER.exec(rest)?.[0];
    const string = STRING.exec(rest);
    const quoted = QUOTED.exec(rest);
    const symbol = SYMBOLS.find((candidate) => rest.startsWith(candidate));
    if (word !== undefined) {
      tokens.push({ kind: 'word', text: word, key: word.toLowerCase(), at });
      if (rest.charAt(word.length) === ':') {
        throw statementError(at, "identifiers must not contain ':'");
      }
      take(word);
    } else if (number !== undefined) {
      if (WORD.test(rest.slice(number.length))) {
        throw statementError(
          at,
          'identifiers must not start with a digit; surround the identifier with double quotes',
        );
      }
      tokens.push({ kind: 'number', text: number, at });
      take(number);
    } else if (string !== null) {
      // The database would take what follows a NUL for the end of the statement.
      if (string[0].includes('\0')) throw unsupported(at, 'NUL characters');
      tokens.push({ kind: 'string', text: (string[1] ?? '').replaceAll("''", "'"), at });
      take(string[0]);
    } else if (quoted !== null) {
      tokens.push({ kind: 'quoted', text: (quoted[1] ?? '').replaceAll('""', '"'), at });
      take(quoted[0]);
    } else if (symbol !== undefined) {
      tokens.push({ kind: 'symbol', text: symbol, at });
      take(symbol);
    } else if (/^['"]/.test(rest)) {
      throw statementError(at, 'unclosed string quote');
    } else {
      throw refusedCharacter(rest.charAt(0), at);
    }
  }
}

function refusedCharacter(character: string, at: Position): Error {
  const real = { '[': 'arrays', ';': 'session settings', '|': 'a second pipe' }[character];
  return real === undefined
    ? statementError(at, `extraneous input '${character}' expecting an expression`)
    : unsupported(at, real);
}
