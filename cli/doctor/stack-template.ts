import * as v from 'valibot';
import { parseOnce } from '../parse-once.ts';
import { isMap, listOf, mapOf } from './differences.ts';

/** A template of ROS, parsed. */
export interface StackTemplate {
  readonly text: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly type: string;
  /** The condition without which it is not made. */
  readonly condition: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Where a template is deployed, and with what. */
export interface StackPlace {
  readonly region: string;
  readonly accountId: string;
  /** Those that differ from the template's defaults, at least. */
  readonly parameters: Readonly<Record<string, string>>;
}

const map = v.custom<Readonly<Record<string, unknown>>>(isMap, 'no map');

const templateSchema = v.object({
  Parameters: v.optional(
    v.record(v.string(), v.object({ Type: v.string(), Default: v.optional(v.unknown()) })),
    {},
  ),
  Conditions: v.optional(v.record(v.string(), v.unknown()), {}),
  Resources: v.record(
    v.string(),
    v.object({ Type: v.string(), Condition: v.optional(v.string()), Properties: map }),
  ),
});

/** Throws for what is no template. */
export function readTemplate(text: string): StackTemplate {
  const content = parseOnce(text);
  const { Resources } = v.parse(templateSchema, content);
  return {
    text,
    content: v.parse(map, content),
    resources: Object.fromEntries(
      Object.entries(Resources).map(([logicalId, { Type, Condition, Properties }]) => [
        logicalId,
        { type: Type, condition: Condition, properties: Properties },
      ]),
    ),
  };
}

/**
 * A resource's properties with all functions of the template evaluated, and whether the stack makes
 * it. Attributes are those that can be told from properties: names, and the ARN of a role. Throws
 * for what our own templates don't use.
 */
export function resolveResource(
  template: StackTemplate,
  logicalId: string,
  place: StackPlace,
): { readonly isMade: boolean; readonly properties: Readonly<Record<string, unknown>> } {
  const { Parameters, Conditions } = v.parse(templateSchema, template.content);
  const { region, accountId, parameters } = place;

  const resourceOf = (id: string): TemplateResource => {
    const resource = template.resources[id];
    if (resource === undefined) throw new Error(`The template has no resource ${id}.`);
    return resource;
  };

  const reference = (name: string): unknown => {
    if (name === 'ALIYUN::Region') return region;
    if (name === 'ALIYUN::TenantId') return accountId;
    const parameter = Parameters[name];
    if (parameter === undefined) throw new Error(`The template has no parameter ${name}.`);
    const value = parameters[name] ?? parameter.Default;
    return parameter.Type === 'Number' ? Number(value) : value;
  };

  const attribute = (id: string, name: string): unknown => {
    const { type, properties } = resourceOf(id);
    if (type === 'ALIYUN::RAM::Role' && name === 'Arn') {
      return `acs:ram::${accountId}:role/${evaluate(properties.RoleName)}`;
    }
    if (!Object.hasOwn(properties, name)) throw new Error(`${id} has no attribute ${name}.`);
    return evaluate(properties[name]);
  };

  /** One of the template, by its name, or a function of others. */
  const holds = (condition: unknown): boolean => {
    if (typeof condition === 'string' && Object.hasOwn(Conditions, condition)) {
      return holds(Conditions[condition]);
    }
    const [[name, input] = []] = Object.entries(mapOf(condition));
    switch (name) {
      case 'Fn::Equals': {
        const [left, right] = listOf(input);
        return evaluate(left) === evaluate(right);
      }
      case 'Fn::Not':
        return !holds(input);
      case 'Fn::Or':
        return listOf(input).some(holds);
      default:
        throw new Error(`The condition ${JSON.stringify(condition)} can't be read.`);
    }
  };

  const call = (name: string, input: unknown): unknown => {
    const [first, second, third] = listOf(input);
    switch (name) {
      case 'Ref':
        return reference(String(input));
      case 'Fn::GetAtt':
        return attribute(String(first), String(second));
      case 'Fn::Sub':
        return String(input).replaceAll(/\$\{([^}]+)\}/g, (_, key) => String(reference(key)));
      case 'Fn::If':
        return evaluate(holds(first) ? second : third);
      default:
        throw new Error(`The template uses ${name}, which onboard can't read.`);
    }
  };

  const evaluate = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(evaluate);
    if (!isMap(value)) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined && /^(Ref$|Fn::)/.test(only[0])) {
      return call(...only);
    }
    return Object.fromEntries(entries.map(([key, item]) => [key, evaluate(item)]));
  };

  const { condition, properties } = resourceOf(logicalId);
  return {
    isMade: condition === undefined || holds(condition),
    properties: v.parse(map, evaluate(properties)),
  };
}
