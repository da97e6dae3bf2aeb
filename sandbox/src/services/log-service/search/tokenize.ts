import { logError } from '../errors.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'symbol'; readonly text: SymbolText };

export type SymbolText = '(' | ')' | '[' | ']' | ':' | '>' | '>=' | '<' | '<=' | '=';

const SPACE = /\s/;
const SYMBOLS: readonly SymbolText[] = ['>=', '<=', '(', ')', '[', ']', ':', '>', '<', '='];
const ENDS_A_WORD = /[\s()[\]:<>="|]/;

/** Cuts a search statement into tokens. Throws `ParameterInvalid`, `SandboxUnsupported…`. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const rest = query.slice(at);
    const first = rest.charAt(0);
    const symbol = SYMBOLS.find((candidate) => rest.startsWith(candidate));
    if (SPACE.test(first)) {
      at += 1;
    } else if (first === '|') {
      throw logError(
        'SandboxUnsupportedAnalytics',
        'A search in process takes no analytic statement: query() does.',
      );
    } else if (symbol !== undefined) {
      tokens.push({ kind: 'symbol', text: symbol });
      at += symbol.length;
    } else if (first === '"') {
      const { text, length } = readQuoted(rest);
      tokens.push({ kind: 'quoted', text });
      at += length;
    } else {
      const { text, length } = readWord(rest);
      tokens.push({ kind: 'word', text });
      at += length;
    }
  }
  return tokens;
}

function readQuoted(rest: string): { text: string; length: number } {
  let text = '';
  for (let at = 1; at < rest.length; at += 1) {
    const character = rest.charAt(at);
    if (character === '"') return { text, length: at + 1 };
    if (character === '\\' && ['"', '\\'].includes(rest.charAt(at + 1))) {
      at += 1;
      text += rest.charAt(at);
    } else {
      text += character;
    }
  }
  throw logError('ParameterInvalid', 'parse search query error: a quotation mark is not closed.');
}

function readWord(rest: string): { text: string; length: number } {
  if (rest.startsWith('#')) {
    throw logError('SandboxUnsupportedQuery', 'The sandbox does not model phrase search (#"…").');
  }
  let text = '';
  let at = 0;
  while (at < rest.length && !ENDS_A_WORD.test(rest.charAt(at))) {
    if (rest.charAt(at) !== '\\') {
      text += rest.charAt(at);
      at += 1;
    } else if (rest.charAt(at + 1) === '"') {
      text += '"';
      at += 2;
    } else {
      throw logError(
        'SandboxUnsupportedQuery',
        'The sandbox models one escape outside of quotation marks: \\".',
      );
    }
  }
  return { text, length: at };
}
