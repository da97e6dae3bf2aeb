import { parseDocument } from 'yaml';
import { notModelled, rosError } from '../errors.ts';
import type { ResourceTypes } from '../resources/resource-type.ts';
import { parseCondition } from './conditions.ts';
import { checkKeys, mapAt, textAt, wordingAt } from './keys.ts';
import { parseParameter } from './parameters.ts';
import { parseExpression, type Scope } from './parse-expression.ts';
import type { OutputDefinition, ResourceDefinition, Template } from './template.ts';
import { isList, isMap, toValue, type Value, type ValueMap } from './value.ts';

const SECTIONS = [
  'Conditions',
  'Description',
  'Metadata',
  'Outputs',
  'Parameters',
  'ROSTemplateFormatVersion',
  'Resources',
];
const UNMODELLED_SECTIONS = ['Locals', 'Mappings', 'Rules', 'Transform', 'Workspace'];
const NAME = /^[A-Za-z0-9_-]{1,255}$/;
const LARGEST_TEMPLATE_BYTES = 524_288;

/**
 * A template's text, YAML or JSON. Everything that is not modelled is refused with its path: keys,
 * functions, types of parameters and resources. Properties are checked when they are evaluated.
 * Source: help.aliyun.com, ROS, "Template structure".
 */
export function parseTemplate(text: string, types: ResourceTypes): Template {
  const body = readText(text);
  for (const section of Object.keys(body)) {
    if (UNMODELLED_SECTIONS.includes(section)) throw notModelled(section);
    if (!SECTIONS.includes(section)) {
      throw rosError('InvalidTemplateSection', `The template section is invalid: ${section}.`);
    }
  }
  if (body.ROSTemplateFormatVersion !== '2015-09-01') {
    throw rosError(
      'InvalidTemplateVersion',
      "The template version is invalid: ROSTemplateFormatVersion must be '2015-09-01'.",
    );
  }
  checkMetadata(body.Metadata);
  const parameterBodies = section(body, 'Parameters');
  const conditionBodies = section(body, 'Conditions');
  const resourceBodies = section(body, 'Resources');
  const parameters = new Map(
    parameterBodies.map(([name, given]) => [
      name,
      parseParameter(name, given, `Parameters.${name}`),
    ]),
  );
  const conditionScope: Scope = {
    parameters: new Set(parameters.keys()),
    resources: new Map(),
    conditions: new Set(conditionBodies.map(([name]) => name)),
  };
  const scope: Scope = {
    ...conditionScope,
    resources: new Map(
      resourceBodies.map(([id, given]) => [id, typeOf(id, given, types).attributes]),
    ),
  };
  return {
    text,
    source: body,
    description: wordingAt(body.Description, 'Description'),
    parameters,
    conditions: new Map(
      conditionBodies.map(([name, given]) => [
        name,
        parseCondition(given, conditionScope, `Conditions.${name}`),
      ]),
    ),
    resources: new Map(
      resourceBodies.map(([id, given]) => [id, parseResource(id, given, types, scope)]),
    ),
    outputs: section(body, 'Outputs').map(([key, given]) => parseOutput(key, given, scope)),
  };
}

function section(body: ValueMap, name: string): [string, Value][] {
  const entries = Object.entries(mapAt(body[name], name));
  const wrong = entries.find(([key]) => !NAME.test(key));
  if (wrong !== undefined) throw rosError('InvalidSchema', `${name}.${wrong[0]} is not a name.`);
  return entries;
}

/** What consoles show; it changes nothing. */
function checkMetadata(metadata: Value | undefined): void {
  checkKeys(mapAt(metadata, 'Metadata'), { modelled: ['ALIYUN::ROS::Interface'] }, 'Metadata');
}

function typeOf(id: string, given: Value, types: ResourceTypes) {
  const path = `Resources.${id}`;
  const name = textAt(mapAt(given, path).Type, `${path}.Type`);
  const type = types.get(name);
  if (type === undefined) throw notModelled(`${path}.Type: ${name}`);
  return type;
}

function parseResource(
  id: string,
  given: Value,
  types: ResourceTypes,
  scope: Scope,
): ResourceDefinition {
  const path = `Resources.${id}`;
  const body = mapAt(given, path);
  checkKeys(
    body,
    {
      modelled: ['Condition', 'DeletionPolicy', 'DependsOn', 'Properties', 'Type'],
      unmodelled: ['Count', 'Description', 'Metadata'],
    },
    path,
  );
  const deletionPolicy = body.DeletionPolicy ?? 'Delete';
  if (deletionPolicy !== 'Delete' && deletionPolicy !== 'Retain') {
    throw rosError('InvalidSchema', `${path}.DeletionPolicy must be Delete or Retain.`);
  }
  return {
    id,
    type: typeOf(id, given, types),
    properties: parseExpression(
      mapAt(body.Properties, `${path}.Properties`),
      scope,
      `${path}.Properties`,
    ),
    dependsOn: dependenciesAt(body.DependsOn, scope, `${path}.DependsOn`),
    deletionPolicy,
    condition: conditionAt(body.Condition, scope, `${path}.Condition`),
  };
}

function dependenciesAt(value: Value | undefined, scope: Scope, path: string): readonly string[] {
  if (value === undefined) return [];
  return (isList(value) ? value : [value]).map((item) => {
    const id = textAt(item, path);
    if (scope.resources.has(id)) return id;
    throw rosError(
      'InvalidTemplateReference',
      `The specified reference "${id}" (in ${path}) is incorrect.`,
    );
  });
}

function conditionAt(value: Value | undefined, scope: Scope, path: string): string | undefined {
  if (value === undefined) return undefined;
  const name = textAt(value, path);
  if (scope.conditions.has(name)) return name;
  throw rosError(
    'InvalidTemplateReference',
    `The specified reference "${name}" (in ${path}) is incorrect.`,
  );
}

function parseOutput(key: string, given: Value, scope: Scope): OutputDefinition {
  const path = `Outputs.${key}`;
  const body = mapAt(given, path);
  checkKeys(
    body,
    { modelled: ['Condition', 'Description', 'Label', 'Value'], unmodelled: ['NoEcho'] },
    path,
  );
  if (body.Value === undefined) throw rosError('InvalidSchema', `${path}.Value is missing.`);
  return {
    key,
    description: wordingAt(body.Description, `${path}.Description`),
    label: wordingAt(body.Label, `${path}.Label`),
    value: parseExpression(body.Value, scope, `${path}.Value`),
    condition: conditionAt(body.Condition, scope, `${path}.Condition`),
  };
}

/** YAML or JSON. Throws `InvalidSchema`, and `SandboxUnsupportedTemplate` for tags like `!Ref`. */
/** The latest that were read: the same few templates come again and again. */
const known = new Map<string, ValueMap>();
const MOST_KNOWN = 8;

function readText(text: string): ValueMap {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (Buffer.byteLength(text) > LARGEST_TEMPLATE_BYTES) {
    throw rosError('InvalidSchema', `A template has up to ${LARGEST_TEMPLATE_BYTES} bytes.`);
  }
  const document = parseDocument(text, { logLevel: 'silent', prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw rosError('InvalidSchema', error.message);
  const [warning] = document.warnings;
  // A tag that is not resolved would pass its text on as it is.
  if (warning !== undefined) throw notModelled(`this YAML: ${warning.message}`);
  const value = toValue(document.toJS());
  if (!isMap(value)) throw rosError('InvalidSchema', 'The template must be a map.');
  known.set(text, value);
  const [oldest = text] = known.keys();
  if (known.size > MOST_KNOWN) known.delete(oldest);
  return value;
}
