import type { Reader } from '../../protocols/reader.ts';
import { FlowNotModelled } from './errors.ts';
import { BUILT_IN_FUNCTIONS } from './expression/built-in-functions.ts';
import { EvaluationError, evaluate, type Scope } from './expression/evaluate.ts';
import { parseExpression } from './expression/parse.ts';
import { type Expression, ExpressionError, everyPart, type Variable } from './expression/syntax.ts';
import { isJson, type Json, type JsonObject } from './json.ts';

/** A value of the definition with its expressions read. */
export type Template =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Template> };

/** A template of an object: an input or output constructor, or parameters. */
export type Constructor = ReadonlyMap<string, Template>;

const EXPRESSION_SUFFIX = '.$';

/**
 * What `$Context` holds. Source: "Data passing"
 * (alibabacloud.com/help/en/serverless-workflow/latest/data-transfer). The documented
 * `Current.TaskToken` is not modelled.
 */
const CONTEXT_PATHS: readonly RegExp[] = [
  /^Execution\.(Name|RoleArn)$/,
  /^Execution\.Input(\.|$)/,
  /^Current\.(Name|RetryCount)$/,
  /^Current\.(Input|Output)(\.|$)/,
  /^Current\.Error(\.(Code|Detail))?$/,
];

/** Reads a constructor. Source: "Inputs and outputs" (help.aliyun.com/document_detail/2402077.html). */
export function readConstructor(
  reader: Reader,
  key: string,
  variables: readonly Variable[],
): Constructor | undefined {
  const inner = reader.object(key);
  if (inner === undefined) return undefined;
  return readMembers(
    Object.fromEntries(inner.keys().map((name) => [name, inner.anything(name)])),
    variables,
    (path, text) => inner.problem(path, text),
  );
}

type Note = (path: string, text: string) => void;

function readMembers(
  value: Readonly<Record<string, unknown>>,
  variables: readonly Variable[],
  note: Note,
): Constructor {
  const members = new Map<string, Template>();
  for (const [key, item] of Object.entries(value)) {
    const isExpression = key.endsWith(EXPRESSION_SUFFIX);
    const name = isExpression ? key.slice(0, -EXPRESSION_SUFFIX.length) : key;
    if (members.has(name)) note(key, 'is there twice');
    const noteHere: Note = (path, text) => note(path === '' ? key : `${key}.${path}`, text);
    const template = isExpression
      ? readExpressionTemplate(item, variables, (text) => note(key, text))
      : readTemplate(item, variables, noteHere);
    if (template !== undefined) members.set(name, template);
  }
  return members;
}

function readTemplate(
  value: unknown,
  variables: readonly Variable[],
  note: Note,
): Template | undefined {
  if (!isJson(value)) {
    note('', 'no JSON');
    return undefined;
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item, index) => {
      const noteItem: Note = (path, text) => note(`${index}${path && `.${path}`}`, text);
      return readTemplate(item, variables, noteItem) ?? [];
    });
    return { kind: 'list', items };
  }
  if (typeof value === 'object' && value !== null) {
    return { kind: 'object', members: readMembers({ ...value }, variables, note) };
  }
  if (typeof value === 'string' && /^\$[A-Za-z]/.test(value)) {
    note('', `${value} stays text: for its value the key ends with .$`);
  }
  return { kind: 'constant', value };
}

function readExpressionTemplate(
  text: unknown,
  variables: readonly Variable[],
  note: (text: string) => void,
): Template | undefined {
  const expression = readExpression(text, variables, note);
  if (expression === undefined || typeof text !== 'string') return undefined;
  const parts = everyPart(expression);
  // Whether constructors take conditions is not documented.
  if (parts.some(({ kind }) => kind === 'compare' || kind === 'logic')) {
    note('operators are modelled in conditions only');
  }
  return { kind: 'expression', expression, text };
}

/** Reads one expression, and notes what is not modelled in it. */
export function readExpression(
  text: unknown,
  variables: readonly Variable[],
  note: (text: string) => void,
): Expression | undefined {
  if (typeof text !== 'string') {
    note('an expression is expected');
    return undefined;
  }
  try {
    const expression = parseExpression(text);
    for (const part of everyPart(expression)) {
      if (part.kind === 'call' && !BUILT_IN_FUNCTIONS.has(part.name)) {
        note(`the function ${part.name} is not modelled`);
      }
      if (part.kind !== 'path') continue;
      if (!variables.includes(part.variable)) note(`${part.variable} is not there at this place`);
      const problem = contextProblem(part);
      if (problem !== undefined) note(problem);
    }
    return expression;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    note(`${text}: ${error.message}`);
    return undefined;
  }
}

/** Makes the object. `where` names the state and the constructor for what can't be made. */
export function construct(shape: Constructor, scope: Scope, where: string): JsonObject {
  return Object.fromEntries(
    [...shape].map(([key, template]) => [key, fill(template, scope, where)]),
  );
}

function fill(template: Template, scope: Scope, where: string): Json {
  switch (template.kind) {
    case 'constant':
      return template.value;
    case 'list':
      return template.items.map((item) => fill(item, scope, where));
    case 'object':
      return construct(template.members, scope, where);
    case 'expression':
      return evaluateAt(template.expression, template.text, scope, where);
  }
}

export function evaluateAt(
  expression: Expression,
  text: string,
  scope: Scope,
  where: string,
): Json {
  try {
    return evaluate(expression, scope);
  } catch (error) {
    if (error instanceof EvaluationError) {
      throw new FlowNotModelled(where, `${text}: ${error.message}`);
    }
    throw error;
  }
}

function contextProblem({
  variable,
  steps,
}: Extract<Expression, { kind: 'path' }>): string | undefined {
  const path = steps.join('.');
  if (variable !== '$Context' || CONTEXT_PATHS.some((known) => known.test(path))) return undefined;
  return `$Context.${path} is not modelled`;
}
