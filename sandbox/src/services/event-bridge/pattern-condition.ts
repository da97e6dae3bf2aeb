/** `undefined` is a key that the event lacks. */
export type ValueTest = (value: unknown) => boolean;

/** One condition of a pattern's array; a text says what is wrong with it. */
export function parseCondition(condition: unknown): ValueTest | string {
  if (isScalar(condition)) return (value) => value === condition;
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    return 'has a condition that is neither a value nor an operator';
  }
  const [entry, ...more] = Object.entries(condition);
  if (entry === undefined || more.length > 0) return 'has a condition without exactly one operator';
  const [operator, operand] = entry;
  const parse = OPERATORS[operator];
  if (parse === undefined) return `has the unknown operator '${operator}'`;
  return parse(operand) ?? `has an operand of '${operator}' that it doesn't take`;
}

type Operator = (operand: unknown) => ValueTest | undefined;

const OPERATORS: Readonly<Record<string, Operator>> = {
  prefix: textOperator((value, operand) => value.startsWith(operand)),
  suffix: textOperator((value, operand) => value.endsWith(operand)),
  contains: textOperator((value, operand) => value.includes(operand)),
  exists: (operand) =>
    typeof operand === 'boolean' ? (value) => (value !== undefined) === operand : undefined,
  cidr: (operand) => (typeof operand === 'string' ? compileCidr(operand) : undefined),
  numeric: parseNumeric,
  'anything-but': parseAnythingBut,
};

function textOperator(test: (value: string, operand: string) => boolean): Operator {
  return (operand) =>
    typeof operand === 'string'
      ? (value) => typeof value === 'string' && test(value, operand)
      : undefined;
}

/** A text or a number, an array of them, or `{prefix}`: what the documentation shows. */
function parseAnythingBut(operand: unknown): ValueTest | undefined {
  if (isTextOrNumber(operand)) return parseAnythingBut([operand]);
  if (Array.isArray(operand)) {
    const values: readonly unknown[] = operand;
    const isList = values.length > 0 && values.every(isTextOrNumber);
    return isList
      ? (value) => value !== undefined && !values.some((one) => one === value)
      : undefined;
  }
  if (typeof operand !== 'object' || operand === null) return undefined;
  const [entry, ...more] = Object.entries(operand);
  if (entry?.[0] !== 'prefix' || more.length > 0) return undefined;
  const hasPrefix = OPERATORS.prefix?.(entry[1]);
  return hasPrefix && ((value) => value !== undefined && !hasPrefix(value));
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** One comparison or two: `[">", 0, "<=", 5]`. */
function parseNumeric(operand: unknown): ValueTest | undefined {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) return undefined;
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = COMPARISONS[String(operand[index])];
    const limit: unknown = operand[index + 1];
    if (compare === undefined || typeof limit !== 'number') return undefined;
    tests.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function isTextOrNumber(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Whether an IPv4 address lies in the block; `undefined` for what is not a block. */
export function compileCidr(block: string): ((value: unknown) => boolean) | undefined {
  const [address, bits, ...more] = block.split('/');
  const base = addressNumber(address);
  if (base === undefined || bits === undefined || more.length > 0 || !/^\d{1,2}$/.test(bits)) {
    return undefined;
  }
  const length = Number(bits);
  if (length > 32) return undefined;
  const size = 2 ** (32 - length);
  const network = Math.floor(base / size);
  return (value) => {
    const number = typeof value === 'string' ? addressNumber(value) : undefined;
    return number !== undefined && Math.floor(number / size) === network;
  };
}

function addressNumber(text: string | undefined): number | undefined {
  const parts = text?.split('.') ?? [];
  const isAddress =
    parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return isAddress ? parts.reduce((number, part) => number * 256 + Number(part), 0) : undefined;
}
