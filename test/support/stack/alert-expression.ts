/**
 * Evaluate expressions of alert rules: comparisons, `&&`, `||`, brackets, numbers, 'texts', names of
 * columns. Throws for anything else, and for what the documentation rules out: more than 128
 * characters, names with other than letters and digits. Source: help.aliyun.com, Log Service,
 * "Specify evaluate expressions".
 */
export function evaluateExpression(
  expression: string,
  row: Readonly<Record<string, string>>,
): string | number | boolean {
  if (expression.length < 1 || expression.length > 128) {
    throw new Error('An expression has 1 to 128 characters.');
  }
  const tokens = tokenize(expression);
  let next = 0;
  const isNext = (token: string) => tokens[next] === token && ++next > 0;

  const either = (): Value => {
    let value = both();
    while (isNext('||')) {
      const right = both();
      value = truth(value) || truth(right);
    }
    return value;
  };
  const both = (): Value => {
    let value = comparison();
    while (isNext('&&')) {
      const right = comparison();
      value = truth(value) && truth(right);
    }
    return value;
  };
  const comparison = (): Value => {
    const left = operand();
    const operator = tokens[next] ?? '';
    const compare = COMPARISONS[operator];
    if (compare === undefined) return left;
    next += 1;
    return compare(ordered(left, operand()));
  };
  const operand = (): Value => {
    const token = tokens[next++];
    if (token === undefined) throw new Error('The expression ends too early.');
    if (token === '(') {
      const value = either();
      if (!isNext(')')) throw new Error('A bracket is not closed.');
      return value;
    }
    if (token.startsWith("'")) return token.slice(1, -1);
    if (/^\d/.test(token)) return Number(token);
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`${token} is out of place.`);
    const value = row[token];
    if (value === undefined) throw new Error(`The query has no column ${token}.`);
    return value;
  };

  const result = either();
  if (next < tokens.length) throw new Error(`${tokens[next]} is out of place.`);
  return result;
}

type Value = string | number | boolean;

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
};

function tokenize(expression: string): string[] {
  const TOKEN =
    /\s*(?:(__count__|[A-Za-z][A-Za-z0-9]*(?![A-Za-z0-9_])|\d+(?:\.\d+)?(?![\w.])|'[^']*'|&&|\|\||[=!<>]=|[<>()]))/y;
  const tokens: string[] = [];
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const start = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(expression) ?? [];
    if (token === undefined) throw new Error(`Not supported: ${expression.slice(start)}`);
    tokens.push(token);
  }
  return tokens;
}

/** As numbers where both are, else as texts. */
function ordered(left: Value, right: Value): number {
  const numbers = [left, right].map((value) => (value === '' ? Number.NaN : Number(value)));
  const [a = Number.NaN, b = Number.NaN] = numbers;
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  const [x, y] = [String(left), String(right)];
  if (x === y) return 0;
  return x < y ? -1 : 1;
}

function truth(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  throw new Error(`${value} is neither true nor false.`);
}
