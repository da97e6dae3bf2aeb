import { logError } from '../errors.ts';
import type { Bound, Comparison, Expression } from './expression.ts';
import { type SymbolText, type Token, tokenize } from './tokenize.ts';

/** Words that the service keeps for itself: as a term they need quotation marks. */
const RESERVED = ['asc', 'avg', 'desc', 'limit', 'max', 'min', 'sort', 'sum'];
const COMPARISONS: readonly Comparison[] = ['>', '>=', '<', '<=', '='];
/** A term with a wildcard is at most this long. */
const LONGEST_PATTERN = 64;
/** Source: "Limits on query and analysis", number of keywords. */
const MOST_CONDITIONS = 30;
/** Bounds of the sandbox. */
const LONGEST_QUERY = 65_536;
const DEEPEST = 100;

/**
 * The grammar is in README.md beside this file. Throws `ParameterInvalid` for what the service
 * can't parse, `SandboxUnsupported…` for what only the sandbox can't.
 */
export function parseQuery(query: string): Expression {
  if (query.length > LONGEST_QUERY) throw tooMuch(`${LONGEST_QUERY} characters`);
  const tokens = tokenize(query);
  if (tokens.length === 0) return { kind: 'all' };
  let at = 0;
  let depth = 0;
  let conditions = 0;

  const isKeyword = (token: Token | undefined, keyword: string): boolean =>
    token?.kind === 'word' && token.text.toLowerCase() === keyword;
  const isSymbol = (token: Token | undefined, symbol: SymbolText): boolean =>
    token?.kind === 'symbol' && token.text === symbol;
  const next = (): Token => {
    const token = tokens[at];
    if (token === undefined) throw parseError('it ends too early');
    at += 1;
    return token;
  };

  function either(): Expression {
    const parts = [sequence()];
    while (isKeyword(tokens[at], 'or')) {
      at += 1;
      parts.push(sequence());
    }
    return joined('or', parts);
  }

  /** Terms side by side are joined as by `and`. */
  function sequence(): Expression {
    const parts = [unit()];
    while (at < tokens.length && !isKeyword(tokens[at], 'or') && !isSymbol(tokens[at], ')')) {
      if (isKeyword(tokens[at], 'and')) at += 1;
      parts.push(unit());
    }
    return joined('and', parts);
  }

  function unit(): Expression {
    depth += 1;
    if (depth > DEEPEST) throw tooMuch(`${DEEPEST} levels of nesting`);
    const parsed = unitWithin();
    depth -= 1;
    return parsed;
  }

  function unitWithin(): Expression {
    if (isKeyword(tokens[at], 'not')) {
      at += 1;
      return { kind: 'not', part: unit() };
    }
    if (isSymbol(tokens[at], '(')) {
      at += 1;
      const inner = either();
      if (!isSymbol(next(), ')')) throw parseError('a parenthesis is not closed');
      return inner;
    }
    return condition();
  }

  function condition(): Expression {
    const token = next();
    conditions += 1;
    if (conditions > MOST_CONDITIONS) {
      throw parseError(`it has more than ${MOST_CONDITIONS} conditions`);
    }
    if (token.kind === 'symbol') throw parseError(`"${token.text}" is not expected`);
    if (token.kind === 'word') refuseKeyword(token.text);
    const after = tokens[at];
    if (isSymbol(after, ':')) {
      at += 1;
      return fieldCondition(token.text);
    }
    const operator = COMPARISONS.find((candidate) => isSymbol(after, candidate));
    if (operator !== undefined) {
      at += 1;
      return { kind: 'compare', field: token.text, operator, value: numberFrom(next()) };
    }
    const opens = tokens[at + 1];
    if (after?.kind === 'word' && after.text === 'in' && opens?.kind === 'symbol') {
      at += 1;
      return range(token.text);
    }
    if (token.kind === 'word' && token.text === '*') return { kind: 'all' };
    if (token.kind === 'word') checkPattern(token.text);
    return {
      kind: 'anywhere',
      term: { text: token.text, quoted: token.kind === 'quoted' },
    };
  }

  function fieldCondition(field: string): Expression {
    if (field === '__tag__') {
      throw logError('SandboxUnsupportedQuery', 'The sandbox does not model search by __tag__.');
    }
    const token = next();
    if (token.kind === 'symbol') {
      throw parseError(`a value is expected after "${field}:", not "${token.text}"`);
    }
    if (isSymbol(tokens[at], ':')) throw parseError(`quote the value of "${field}": it has a ":"`);
    if (token.kind === 'word' && token.text === '*') return { kind: 'exists', field };
    if (token.kind === 'word') checkPattern(token.text);
    return { kind: 'field', field, term: { text: token.text, quoted: token.kind === 'quoted' } };
  }

  function range(field: string): Expression {
    const opening = next();
    const low = numberFrom(next());
    const high = numberFrom(next());
    const closing = next();
    const lowIncluded = isSymbol(opening, '[');
    const highIncluded = isSymbol(closing, ']');
    if ((!lowIncluded && !isSymbol(opening, '(')) || (!highIncluded && !isSymbol(closing, ')'))) {
      throw parseError(`the range of "${field}" needs two numbers in [ ] or ( )`);
    }
    const bound = (value: string, included: boolean): Bound => ({ value, included });
    return {
      kind: 'range',
      field,
      low: bound(low, lowIncluded),
      high: bound(high, highIncluded),
    };
  }

  function refuseKeyword(text: string): void {
    const lower = text.toLowerCase();
    const groupBy = lower === 'group' && isKeyword(tokens[at], 'by');
    const operator = lower === 'and' || lower === 'or';
    if (operator || groupBy || RESERVED.includes(lower)) {
      throw parseError(`"${text}" is a keyword: as a term it needs quotation marks`);
    }
  }

  const expression = either();
  if (at < tokens.length) throw parseError('a parenthesis closes what was not opened');
  return expression;
}

function joined(kind: 'and' | 'or', parts: readonly Expression[]): Expression {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}

function numberFrom(token: Token): string {
  if (token.kind === 'word' && /^-?\d+(?:\.\d+)?$/.test(token.text)) return token.text;
  throw parseError(`a number is expected, not "${token.text}"`);
}

function checkPattern(text: string): void {
  if (!/[*?]/.test(text)) return;
  if (/^[*?]/.test(text)) throw parseError('a term may not start with a wildcard');
  if (text.length > LONGEST_PATTERN) throw parseError('a term with a wildcard is too long');
}

function parseError(reason: string): Error {
  return logError('ParameterInvalid', `parse search query error: ${reason}.`);
}

function tooMuch(what: string): Error {
  return logError(
    'SandboxUnsupportedQuery',
    `The sandbox does not model a search of more than ${what}.`,
  );
}
