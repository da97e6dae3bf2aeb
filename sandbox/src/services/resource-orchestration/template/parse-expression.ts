import { notModelled, rosError } from '../errors.ts';
import { type Expression, PSEUDO_PARAMETERS } from './expression.ts';
import { isList, isMap, type Value } from './value.ts';

/** What a name in an expression may stand for. */
export interface Scope {
  readonly parameters: ReadonlySet<string>;
  /** By logical id, the attributes of the resource's type. Empty where resources don't count. */
  readonly resources: ReadonlyMap<string, readonly string[]>;
  readonly conditions: ReadonlySet<string>;
}

/**
 * Reads a value with its functions: `Ref`, `Fn::GetAtt`, `Fn::Sub`, `Fn::Join`, `Fn::If`. Others are
 * `SandboxUnsupportedTemplate`; a name that stands for nothing is `InvalidTemplateReference` or
 * `InvalidTemplateAttribute`. Source: help.aliyun.com, ROS, "Functions".
 */
export function parseExpression(value: Value, scope: Scope, path: string): Expression {
  if (isList(value)) {
    return {
      kind: 'list',
      items: value.map((item, index) => parseExpression(item, scope, `${path}[${index}]`)),
    };
  }
  if (!isMap(value)) return { kind: 'literal', value };
  const call = functionCall(value, path);
  if (call === undefined) {
    return {
      kind: 'map',
      entries: Object.entries(value).map(
        ([key, member]) => [key, parseExpression(member, scope, `${path}.${key}`)] as const,
      ),
    };
  }
  const at = `${path}.${call.name}`;
  switch (call.name) {
    case 'Ref':
      if (typeof call.argument !== 'string') throw wrongArgument(at, 'a name');
      return reference(call.argument, scope, path);
    case 'Fn::GetAtt':
      return parseAttribute(call.argument, scope, at);
    case 'Fn::Sub':
      return parseSubstitution(call.argument, scope, at);
    case 'Fn::Join':
      return parseJoin(call.argument, scope, at);
    case 'Fn::If':
      return parseIf(call.argument, scope, at);
    default:
      throw notModelled(at);
  }
}

/** A map of one key that is a function's name. */
function functionCall(
  value: { readonly [key: string]: Value },
  path: string,
): { readonly name: string; readonly argument: Value } | undefined {
  const entries = Object.entries(value);
  const called = entries.find(([key]) => key === 'Ref' || key.startsWith('Fn::'));
  if (called === undefined) return undefined;
  const [name, argument] = called;
  if (entries.length > 1) throw wrongArgument(`${path}.${name}`, 'alone in its map');
  return { name, argument };
}

function reference(name: string, scope: Scope, path: string): Expression {
  const pseudo = PSEUDO_PARAMETERS.find((known) => known === name);
  if (pseudo !== undefined) return { kind: 'pseudo-parameter', name: pseudo };
  if (name.startsWith('ALIYUN::')) throw notModelled(`${name} (in ${path})`);
  if (scope.parameters.has(name)) return { kind: 'parameter', name };
  if (scope.resources.has(name)) return { kind: 'resource', id: name };
  throw rosError(
    'InvalidTemplateReference',
    `The specified reference "${name}" (in ${path}) is incorrect.`,
  );
}

function attribute(id: string, name: string, scope: Scope, path: string): Expression {
  const attributes = scope.resources.get(id);
  if (attributes === undefined) {
    throw rosError(
      'InvalidTemplateReference',
      `The specified reference "${id}" (in ${path}) is incorrect.`,
    );
  }
  if (!attributes.includes(name)) {
    throw rosError(
      'InvalidTemplateAttribute',
      `The Referenced Attribute (${id} ${name}) is incorrect. It has ${attributes.join(', ')}.`,
    );
  }
  return { kind: 'attribute', id, name };
}

function parseAttribute(argument: Value, scope: Scope, path: string): Expression {
  const [id, name] = isList(argument) ? argument : [];
  if (
    !isList(argument) ||
    argument.length !== 2 ||
    typeof id !== 'string' ||
    typeof name !== 'string'
  ) {
    throw wrongArgument(path, '[resource, attribute]');
  }
  return attribute(id, name, scope, path);
}

/** `${Name}`, `${Resource.Attribute}`, and `${!Literal}` for a `${Literal}` that stays. */
function parseSubstitution(argument: Value, scope: Scope, path: string): Expression {
  const [text, given] = isList(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || !isMap(given) || (isList(argument) && argument.length !== 2)) {
    throw wrongArgument(path, 'a text, or [text, map]');
  }
  const variables = new Map(
    Object.entries(given).map(
      ([key, value]) => [key, parseExpression(value, scope, `${path}.${key}`)] as const,
    ),
  );
  const parts = text.split(/(\$\{[^}]*\})/).map((part): Expression => {
    const name = /^\$\{([^}]*)\}$/.exec(part)?.[1]?.trim();
    if (name === undefined) return { kind: 'literal', value: part };
    if (name.startsWith('!')) return { kind: 'literal', value: `\${${name.slice(1)}}` };
    const variable = variables.get(name);
    if (variable !== undefined) return variable;
    const dot = name.indexOf('.');
    return dot === -1
      ? reference(name, scope, path)
      : attribute(name.slice(0, dot), name.slice(dot + 1), scope, path);
  });
  return { kind: 'concatenation', parts, path };
}

function parseJoin(argument: Value, scope: Scope, path: string): Expression {
  const [delimiter, items] = isList(argument) ? argument : [];
  if (
    !isList(argument) ||
    argument.length !== 2 ||
    typeof delimiter !== 'string' ||
    items === undefined
  ) {
    throw wrongArgument(path, '[delimiter, list]');
  }
  return { kind: 'join', delimiter, items: parseExpression(items, scope, path) };
}

function parseIf(argument: Value, scope: Scope, path: string): Expression {
  const [condition, whenTrue, whenFalse] = isList(argument) ? argument : [];
  if (
    !isList(argument) ||
    argument.length !== 3 ||
    typeof condition !== 'string' ||
    whenTrue === undefined ||
    whenFalse === undefined
  ) {
    throw wrongArgument(path, '[condition, value if true, value if false]');
  }
  if (!scope.conditions.has(condition)) {
    throw rosError(
      'InvalidTemplateReference',
      `The specified reference "${condition}" (in ${path}) is incorrect.`,
    );
  }
  return {
    kind: 'if',
    condition,
    whenTrue: parseExpression(whenTrue, scope, `${path}[1]`),
    whenFalse: parseExpression(whenFalse, scope, `${path}[2]`),
  };
}

function wrongArgument(path: string, expected: string) {
  return rosError('InvalidSchema', `${path} must be ${expected}.`);
}
