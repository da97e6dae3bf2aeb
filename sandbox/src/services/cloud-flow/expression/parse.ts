import { type Comparison, type Expression, ExpressionError, type Variable } from './syntax.ts';
import { type Token, tokenize } from './tokenize.ts';

const COMPARISONS: readonly Comparison[] = ['==', '!=', '<', '<=', '>', '>='];
const VARIABLES: readonly Variable[] = ['$Context', '$Input', '$Output'];
const CONSTANTS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** Reads the text of an expression. Throws an `ExpressionError`. */
export function parseExpression(text: string): Expression {
  const tokens = tokenize(text);
  let position = 0;

  const peek = (): Token | undefined => tokens[position];
  const markIs = (mark: string) => {
    const token = peek();
    return token?.kind === 'mark' && token.text === mark;
  };
  const take = (): Token => {
    const token = peek();
    if (token === undefined) throw new ExpressionError('it ends too early');
    position += 1;
    return token;
  };
  const takeMark = (mark: string): boolean => {
    if (!markIs(mark)) return false;
    position += 1;
    return true;
  };
  const need = (mark: string): void => {
    if (!takeMark(mark)) throw new ExpressionError(`${mark} is expected`);
  };

  function logic(operator: '&&' | '||', operand: () => Expression): Expression {
    let left = operand();
    while (takeMark(operator)) left = { kind: 'logic', operator, left, right: operand() };
    return left;
  }

  const either = (): Expression => logic('||', both);
  const both = (): Expression => logic('&&', comparison);

  function comparison(): Expression {
    const left = operand();
    const operator = COMPARISONS.find(takeMark);
    return operator === undefined ? left : { kind: 'compare', operator, left, right: operand() };
  }

  function operand(): Expression {
    if (takeMark('{')) return object();
    const token = take();
    switch (token.kind) {
      case 'string':
      case 'number':
        return { kind: 'literal', value: token.value };
      case 'variable':
        return path(token.text);
      case 'name':
        return named(token.text);
      default:
        throw new ExpressionError(`${token.text} is not modelled here`);
    }
  }

  function named(name: string): Expression {
    if (takeMark('(')) return { kind: 'call', name, args: list(')', either) };
    const value = CONSTANTS[name];
    if (value === undefined) throw new ExpressionError(`${name} is no value; text is quoted`);
    return { kind: 'literal', value };
  }

  function object(): Expression {
    const members = list('}', () => {
      const key = take();
      if (key.kind !== 'string') throw new ExpressionError('a quoted key is expected');
      need(':');
      return { key: key.value, value: operand() };
    });
    return { kind: 'object', members };
  }

  function list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    if (takeMark(end)) return items;
    do items.push(item());
    while (takeMark(','));
    need(end);
    return items;
  }

  function path(text: string): Expression {
    const variable = VARIABLES.find((one) => one === text);
    if (variable === undefined) throw new ExpressionError(`${text} is not modelled`);
    const steps: string[] = [];
    while (takeMark('.')) {
      const token = take();
      if (token.kind !== 'name') throw new ExpressionError('a name is expected after the dot');
      steps.push(token.text);
    }
    return { kind: 'path', variable, steps };
  }

  const expression = either();
  const rest = peek();
  if (rest?.kind === 'mark') throw new ExpressionError(`${rest.text} is not modelled here`);
  if (rest !== undefined) throw new ExpressionError('something follows its end');
  return expression;
}
