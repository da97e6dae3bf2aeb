import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parse } from 'yaml';

export const TEXT = readFileSync(new URL('../../stack.yaml', import.meta.url), 'utf8');

const wording = v.strictObject({ en: v.string(), 'zh-cn': v.string() });

const schema = v.looseObject({
  Description: wording,
  Metadata: v.strictObject({
    'ALIYUN::ROS::Interface': v.strictObject({
      ParameterGroups: v.array(
        v.strictObject({
          Parameters: v.array(v.string()),
          Label: v.strictObject({ default: wording }),
        }),
      ),
    }),
  }),
  Parameters: v.record(
    v.string(),
    v.looseObject({
      Default: v.union([v.string(), v.number()]),
      Label: wording,
      Description: wording,
      ConstraintDescription: wording,
    }),
  ),
  Resources: v.record(
    v.string(),
    v.looseObject({
      Type: v.string(),
      DeletionPolicy: v.optional(v.literal('Retain')),
      Properties: v.record(v.string(), v.unknown()),
    }),
  ),
  Outputs: v.record(v.string(), v.looseObject({ Value: v.unknown() })),
});

/** `stack.yaml`, unevaluated. */
export const TEMPLATE = v.parse(schema, parse(TEXT));
