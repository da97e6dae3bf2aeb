import { notModelled, rosError } from '../errors.ts';
import { checkKeys, mapAt, textAt, wordingAt } from './keys.ts';
import { isList, type Value, type ValueMap } from './value.ts';

type ParameterType = 'Boolean' | 'CommaDelimitedList' | 'Number' | 'String';

export interface ParameterDefinition {
  readonly name: string;
  readonly type: ParameterType;
  readonly defaultValue: Value | undefined;
  readonly description: string | undefined;
  readonly label: string | undefined;
  /** Never shown. */
  readonly noEcho: boolean;
  /** Throws `StackValidationFailed`. A list comes as its text, joined by commas. */
  read(given: Value): Value;
}

const TYPES: readonly ParameterType[] = ['Boolean', 'CommaDelimitedList', 'Number', 'String'];
const KEYS = {
  modelled: [
    'AllowedPattern',
    'AllowedValues',
    'ConstraintDescription',
    'Default',
    'Description',
    'Label',
    'MaxLength',
    'MaxValue',
    'MinLength',
    'MinValue',
    'NoEcho',
    'Type',
  ],
  unmodelled: [
    'AssociationProperty',
    'AssociationPropertyMetadata',
    'Confirm',
    'Placeholder',
    'Required',
    'TextArea',
  ],
};

/** One entry of `Parameters`. Source: help.aliyun.com, ROS, "Parameters". */
export function parseParameter(name: string, given: Value, path: string): ParameterDefinition {
  const map = mapAt(given, path);
  checkKeys(map, KEYS, path);
  const typeName = textAt(map.Type, `${path}.Type`);
  const type = TYPES.find((known) => known === typeName);
  if (type === undefined) throw notModelled(`${path}.Type: ${typeName}`);
  const constraintDescription = wordingAt(map.ConstraintDescription, path);
  const check = constraintsOf(map, type, path);

  const definition: ParameterDefinition = {
    name,
    type,
    defaultValue: map.Default,
    description: wordingAt(map.Description, `${path}.Description`),
    label: wordingAt(map.Label, `${path}.Label`),
    noEcho: flagAt(map.NoEcho, `${path}.NoEcho`),
    read(value) {
      const read = typed(value, type);
      const problem = read === undefined ? `it is not a ${type}` : check(read);
      if (read !== undefined && problem === undefined) return read;
      throw rosError(
        'StackValidationFailed',
        `Parameter '${name}' is invalid: ${constraintDescription ?? problem}.`,
      );
    },
  };
  if (map.Default !== undefined) definition.read(map.Default);
  return definition;
}

function flagAt(value: Value | undefined, path: string): boolean {
  if (value === undefined) return false;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw rosError('InvalidSchema', `${path} must be true or false.`);
}

function typed(value: Value, type: ParameterType): Value | undefined {
  switch (type) {
    case 'String':
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      return typeof value === 'string' ? value : undefined;
    case 'Number': {
      if (typeof value === 'number') return value;
      if (typeof value !== 'string' || value.trim() === '') return undefined;
      const number = Number(value);
      return Number.isFinite(number) ? number : undefined;
    }
    case 'Boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true') return true;
      return value === 'false' ? false : undefined;
    case 'CommaDelimitedList':
      if (isList(value)) return value.every((item) => typeof item === 'string') ? value : undefined;
      if (typeof value !== 'string') return undefined;
      return value === '' ? [] : value.split(',').map((item) => item.trim());
  }
}

/** What is wrong with a value, if anything. */
function constraintsOf(
  map: ValueMap,
  type: ParameterType,
  path: string,
): (value: Value) => string | undefined {
  const number = (key: string): number | undefined => {
    const value = map[key] === undefined ? undefined : typed(map[key], 'Number');
    if (map[key] !== undefined && typeof value !== 'number') {
      throw rosError('InvalidSchema', `${path}.${key} must be a number.`);
    }
    return typeof value === 'number' ? value : undefined;
  };
  const only = (keys: readonly string[], ...types: readonly ParameterType[]) => {
    const misplaced = keys.find((key) => map[key] !== undefined && !types.includes(type));
    if (misplaced !== undefined) {
      throw rosError('InvalidSchema', `${path}.${misplaced} does not go with the type ${type}.`);
    }
  };
  only(['MinValue', 'MaxValue'], 'Number');
  only(['MinLength', 'MaxLength'], 'String', 'CommaDelimitedList');
  only(['AllowedPattern'], 'String');
  const min = { value: number('MinValue'), length: number('MinLength') };
  const max = { value: number('MaxValue'), length: number('MaxLength') };
  const pattern = patternAt(map.AllowedPattern, path);
  const allowed = allowedAt(map.AllowedValues, type, path);

  return (value) => {
    if (typeof value === 'number' && isOutside(value, min.value, max.value)) {
      return `${value} is out of range${rangeText(min.value, max.value)}`;
    }
    const length = typeof value === 'string' || isList(value) ? value.length : undefined;
    if (length !== undefined && isOutside(length, min.length, max.length)) {
      return `its length, ${length}, is out of range${rangeText(min.length, max.length)}`;
    }
    if (typeof value === 'string' && pattern !== undefined && !pattern.test(value)) {
      return `it does not match the pattern ${pattern.source.slice(4, -2)}`;
    }
    const values = isList(value) ? value : [value];
    if (allowed !== undefined && !values.every((item) => allowed.includes(item))) {
      return `it is not an allowed value (${allowed.join(', ')})`;
    }
    return undefined;
  };
}

function isOutside(value: number, min: number | undefined, max: number | undefined): boolean {
  return (min !== undefined && value < min) || (max !== undefined && value > max);
}

function rangeText(min: number | undefined, max: number | undefined): string {
  return `${min === undefined ? '' : `, min: ${min}`}${max === undefined ? '' : `, max: ${max}`}`;
}

/** The pattern has to match the whole value. */
function patternAt(value: Value | undefined, path: string): RegExp | undefined {
  if (value === undefined) return undefined;
  const text = textAt(value, `${path}.AllowedPattern`);
  try {
    return new RegExp(`^(?:${text})$`);
  } catch {
    throw rosError('InvalidSchema', `${path}.AllowedPattern is not a pattern: ${text}`);
  }
}

function allowedAt(
  value: Value | undefined,
  type: ParameterType,
  path: string,
): readonly Value[] | undefined {
  if (value === undefined) return undefined;
  const itemType = type === 'CommaDelimitedList' ? 'String' : type;
  const items = isList(value) ? value.map((item) => typed(item, itemType)) : [];
  const allowed = items.filter((item) => item !== undefined);
  if (items.length === 0 || allowed.length !== items.length) {
    throw rosError('InvalidSchema', `${path}.AllowedValues must list values of type ${type}.`);
  }
  return allowed;
}
