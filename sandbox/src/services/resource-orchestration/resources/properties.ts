import { notModelled, rosError } from '../errors.ts';
import {
  isList,
  isMap,
  isSameValue,
  isUnknown,
  type Value,
  type ValueMap,
} from '../template/value.ts';

export type Shape =
  | {
      readonly kind: 'text';
      /** Of the whole text. */
      readonly pattern?: RegExp;
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly allowed?: readonly string[];
    }
  | {
      readonly kind: 'integer';
      readonly min?: number;
      readonly max?: number;
      readonly allowed?: readonly number[];
    }
  | { readonly kind: 'boolean'; readonly allowed?: readonly boolean[] }
  | { readonly kind: 'list'; readonly of: Shape; readonly minItems?: number }
  | ObjectShape
  /** A map that is passed on as it is. */
  | { readonly kind: 'map' };

export interface ObjectShape {
  readonly kind: 'object';
  readonly members: Readonly<Record<string, Member>>;
  /** Known to the real service. */
  readonly unmodelled?: readonly string[];
}

export interface Member {
  readonly shape: Shape;
  readonly required?: boolean;
  /** The resource takes a new value as it is; else a new value is refused. Default false. */
  readonly updatable?: boolean;
}

/**
 * The properties with every value of its type: ROS takes '30' for 30 and the other way round.
 * Throws `StackValidationFailed`, and `SandboxUnsupportedTemplate` for what is not modelled.
 */
export function checkProperties(
  type: { readonly properties: ObjectShape },
  given: ValueMap,
  path: string,
): ValueMap {
  return checkObject(type.properties, given, path);
}

/** The properties that differ and can't be changed in place. */
export function fixedChanges(
  type: { readonly properties: ObjectShape },
  before: ValueMap,
  after: ValueMap,
): string[] {
  return changedProperties(before, after).filter(
    (name) => type.properties.members[name]?.updatable !== true,
  );
}

export function changedProperties(before: ValueMap, after: ValueMap): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSameValue(before[name], after[name]));
}

function check(shape: Shape, value: Value, path: string): Value {
  if (isUnknown(value)) return value;
  switch (shape.kind) {
    case 'text': {
      const text = typeof value === 'number' || typeof value === 'boolean' ? `${value}` : value;
      if (typeof text !== 'string') throw wrong(path, 'Value must be a string');
      checkText(shape, text, path);
      return text;
    }
    case 'integer': {
      const isNumber = typeof value === 'number' || (typeof value === 'string' && value !== '');
      const number = isNumber ? Number(value) : Number.NaN;
      if (!Number.isInteger(number)) throw wrong(path, `${shown(value)} is not an integer`);
      const { min = number, max = number, allowed = [number] } = shape;
      if (number < min || number > max) {
        throw wrong(path, `${number} is out of range (min: ${shape.min}, max: ${shape.max})`);
      }
      if (!allowed.includes(number)) throw notAllowed(path, number, allowed);
      return number;
    }
    case 'boolean': {
      const flag =
        /^true$/i.test(String(value)) || (/^false$/i.test(String(value)) ? false : value);
      if (typeof flag !== 'boolean') throw wrong(path, `${shown(value)} is not a boolean`);
      if (shape.allowed?.includes(flag) === false) throw notModelled(`${path}: ${flag}`);
      return flag;
    }
    case 'list':
      if (!isList(value)) throw wrong(path, 'Value must be a list');
      if (value.length < (shape.minItems ?? 0)) {
        throw wrong(path, `it needs ${shape.minItems} or more`);
      }
      return value.map((item, index) => check(shape.of, item, `${path}[${index}]`));
    case 'object':
      if (!isMap(value)) throw wrong(path, 'Value must be a map');
      return checkObject(shape, value, path);
    case 'map':
      if (!isMap(value)) throw wrong(path, 'Value must be a map');
      return value;
  }
}

function checkObject(shape: ObjectShape, given: ValueMap, path: string): ValueMap {
  const checked: [string, Value][] = [];
  for (const [name, value] of Object.entries(given)) {
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (member === undefined) {
      if (shape.unmodelled?.includes(name)) throw notModelled(`${path}.${name}`);
      throw wrong(path, `Unknown Property ${name}`);
    }
    checked.push([name, check(member.shape, value, `${path}.${name}`)]);
  }
  for (const [name, { required }] of Object.entries(shape.members)) {
    if (required === true && given[name] === undefined) {
      throw wrong(path, `Property ${name} not assigned`);
    }
  }
  return Object.fromEntries(checked);
}

function checkText(shape: Extract<Shape, { kind: 'text' }>, text: string, path: string): void {
  const { minLength = 0, maxLength = text.length, pattern, allowed } = shape;
  if (text.length < minLength || text.length > maxLength) {
    throw wrong(path, `length (${text.length}) is out of range (${minLength} to ${maxLength})`);
  }
  if (pattern?.test(text) === false) {
    throw wrong(path, `${shown(text)} does not match the pattern ${pattern.source}`);
  }
  if (allowed?.includes(text) === false) throw notAllowed(path, text, allowed);
}

function notAllowed(path: string, value: Value, allowed: readonly Value[]) {
  return wrong(path, `${shown(value)} is not an allowed value (${allowed.join(', ')})`);
}

function wrong(path: string, problem: string) {
  return rosError('StackValidationFailed', `Property error: ${path}: ${problem}.`);
}

function shown(value: Value): string {
  return JSON.stringify(value);
}

/** Readers of checked properties: another type than the shape's is a mistake of the sandbox. */
export function textOf(properties: ValueMap, name: string): string {
  const value = optionalText(properties, name);
  if (value === undefined) throw new Error(`The property ${name} is missing.`);
  return value;
}

export function optionalText(properties: ValueMap, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(`The property ${name} is not a text.`);
}

export function optionalNumber(properties: ValueMap, name: string): number | undefined {
  const value = properties[name];
  if (value === undefined || typeof value === 'number') return value;
  throw new Error(`The property ${name} is not a number.`);
}

export function optionalFlag(properties: ValueMap, name: string): boolean | undefined {
  const value = properties[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw new Error(`The property ${name} is not a boolean.`);
}

export function mapsOf(properties: ValueMap, name: string): readonly ValueMap[] {
  const value = properties[name] ?? [];
  if (isList(value) && value.every(isMap)) return value;
  throw new Error(`The property ${name} is not a list of maps.`);
}

export function textsOf(properties: ValueMap, name: string): readonly string[] {
  const value = properties[name] ?? [];
  if (isList(value) && value.every((item) => typeof item === 'string')) return value;
  throw new Error(`The property ${name} is not a list of texts.`);
}

export function mapOf(properties: ValueMap, name: string): ValueMap {
  const value = properties[name];
  if (isMap(value)) return value;
  throw new Error(`The property ${name} is not a map.`);
}
