import type { Value, ValueMap } from './yaml.ts';

/**
 * The language of a template of Resource Orchestration Service, as far as ours use it. Source:
 * help.aliyun.com, ROS, "Template syntax", "Functions".
 */
export interface Resource extends ValueMap {
  readonly Type: `ALIYUN::${string}::${string}`;
  /** The name of a condition: without it there is no such resource. */
  readonly Condition?: string;
  /** The resource stays when its stack is deleted. */
  readonly DeletionPolicy?: 'Retain';
  readonly Properties: ValueMap;
}

/** By logical id, in the order of the file. */
export type Resources = Readonly<Record<string, Resource>>;

/** A text in each language of the console. */
export interface Wording extends ValueMap {
  readonly en: string;
  readonly 'zh-cn': string;
}

export function wording(english: string, chinese: string): Wording {
  return { en: english, 'zh-cn': chinese };
}

/** A parameter's value, or that of a pseudo parameter such as `ALIYUN::Region`. */
export function ref(name: string): ValueMap {
  return { Ref: name };
}

/** What a resource has only once it is there. */
export function getAtt(logicalId: string, attribute: string): ValueMap {
  return { 'Fn::GetAtt': [logicalId, attribute] };
}

/** A text whose `${…}` are filled in as `ref` would. */
export function sub(text: string): ValueMap {
  return { 'Fn::Sub': text };
}

export function either(condition: string, then: Value, otherwise: Value): ValueMap {
  return { 'Fn::If': [condition, then, otherwise] };
}

export function equals(left: Value, right: Value): ValueMap {
  return { 'Fn::Equals': [left, right] };
}

/** Of a condition: one of the template by its name, or a function. */
export function not(condition: Value): ValueMap {
  return { 'Fn::Not': condition };
}

export function anyOf(...conditions: readonly Value[]): ValueMap {
  return { 'Fn::Or': conditions };
}

/** The name of a resource within the management account and the region of the stack. */
export function arn(service: string, resource: string, region = '${ALIYUN::Region}'): ValueMap {
  return sub(`acs:${service}:${region}:\${ALIYUN::TenantId}:${resource}`);
}
