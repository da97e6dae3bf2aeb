import { ExpressionError } from './syntax.ts';

export type Token =
  | { readonly kind: 'variable' | 'name' | 'mark'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number };

/** One alternative for each kind of token, tried in this order. */
const TOKEN =
  /\s*(?:(?<variable>\$[A-Za-z]+)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>-?\d+(?:\.\d+)?)|"(?<double>[^"\\]*)"|`(?<back>[^`\\]*)`|(?<mark>==|!=|<=|>=|<|>|&&|\|\||[()[\]{},:.]))/y;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) {
      throw new ExpressionError(`${JSON.stringify(text.slice(at).trim())} is not modelled`);
    }
    tokens.push(tokenOf(groups));
  }
  return tokens;
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const { variable, name, number, double, back, mark } = groups;
  if (variable !== undefined) return { kind: 'variable', text: variable };
  if (name !== undefined) return { kind: 'name', text: name };
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (mark !== undefined) return { kind: 'mark', text: mark };
  return { kind: 'string', value: double ?? back ?? '' };
}
