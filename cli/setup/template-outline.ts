import * as v from 'valibot';
import { parseOnce } from '../parse-once.ts';

/** What may be given for a parameter of a template. */
export interface TemplateParameter {
  readonly name: string;
  /** Whether the template allows that value. */
  readonly accepts: (value: string) => boolean;
  /** The template's own words for that, by language. */
  readonly constraint: Readonly<Record<string, string>>;
}

/** What the command has to know of a template beside its text. */
export interface TemplateOutline {
  readonly parameters: readonly TemplateParameter[];
  /** Resources that ROS keeps when the stack is deleted. */
  readonly retained: readonly string[];
}

const parameterSchema = v.object({
  Type: v.string(),
  MinValue: v.optional(v.number(), Number.NEGATIVE_INFINITY),
  MaxValue: v.optional(v.number(), Number.POSITIVE_INFINITY),
  AllowedValues: v.optional(v.array(v.string())),
  AllowedPattern: v.optional(v.string()),
  ConstraintDescription: v.optional(v.record(v.string(), v.string()), {}),
});

const templateSchema = v.object({
  Parameters: v.optional(v.record(v.string(), parameterSchema), {}),
  Resources: v.record(v.string(), v.object({ DeletionPolicy: v.optional(v.string()) })),
});

/** Throws for what is no template of ours. */
export function outlineTemplate(template: string): TemplateOutline {
  const { Parameters, Resources } = v.parse(templateSchema, parseOnce(template));
  return {
    parameters: Object.entries(Parameters).map(([name, parameter]) => ({
      name,
      accepts: (value) => isAccepted(value, parameter),
      constraint: parameter.ConstraintDescription,
    })),
    retained: Object.entries(Resources)
      .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain')
      .map(([logicalId]) => logicalId),
  };
}

function isAccepted(value: string, parameter: v.InferOutput<typeof parameterSchema>): boolean {
  const { Type, MinValue, MaxValue, AllowedValues, AllowedPattern } = parameter;
  if (AllowedValues !== undefined && !AllowedValues.includes(value)) return false;
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    return false;
  }
  if (Type !== 'Number') return true;
  return /^-?\d+$/.test(value) && Number(value) >= MinValue && Number(value) <= MaxValue;
}
