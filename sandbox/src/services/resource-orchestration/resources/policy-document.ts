import type { PolicyDocument, PolicyStatement } from '../../../world/identities.ts';
import { createPolicyCheck } from '../../../world/policy.ts';
import { accessError } from '../../access-management/errors.ts';
import { isList, isMap, type Value, type ValueMap } from '../template/value.ts';
import { mapsOf, type ObjectShape, type Shape } from './properties.ts';

const STATEMENT: ObjectShape = {
  kind: 'object',
  members: {
    Action: { shape: { kind: 'list', of: { kind: 'text' } }, required: true },
    Condition: { shape: { kind: 'map' } },
    Effect: { shape: { kind: 'text', allowed: ['Allow', 'Deny'] }, required: true },
    Resource: { shape: { kind: 'list', of: { kind: 'text' } }, required: true },
  },
};

/** Of `ALIYUN::RAM::Role` and `ALIYUN::RAM::ManagedPolicy`: actions and resources are lists. */
export const POLICY_DOCUMENT: ObjectShape = {
  kind: 'object',
  members: {
    Version: { shape: { kind: 'text', allowed: ['1'] }, required: true },
    Statement: { shape: { kind: 'list', of: STATEMENT, minItems: 1 }, required: true },
  },
};

/** Source of the two limits: help.aliyun.com, RAM, CreatePolicy. */
export const POLICY_NAME: Shape = { kind: 'text', pattern: /^[A-Za-z0-9-]{1,128}$/ };
const MOST_CHARACTERS = 6144;

/**
 * Throws `InvalidParameter.PolicyDocument.Length`, `MalformedPolicyDocument`, and for a condition
 * that the sandbox does not evaluate `SandboxUnsupportedPolicy`.
 */
export function policyDocument(checked: ValueMap): PolicyDocument {
  const document: PolicyDocument = {
    Version: '1',
    Statement: mapsOf(checked, 'Statement').map(statement),
  };
  if (JSON.stringify(document).length > MOST_CHARACTERS) {
    throw accessError('InvalidParameter.PolicyDocument.Length', `${MOST_CHARACTERS} characters`);
  }
  try {
    createPolicyCheck(document);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw accessError('SandboxUnsupportedPolicy', reason);
  }
  return document;
}

function statement(checked: ValueMap): PolicyStatement {
  const condition = conditionOf(checked.Condition);
  return {
    Effect: checked.Effect === 'Allow' ? 'Allow' : 'Deny',
    Action: texts(checked.Action),
    Resource: texts(checked.Resource),
    ...(condition !== undefined && { Condition: condition }),
  };
}

function conditionOf(value: Value | undefined): PolicyStatement['Condition'] {
  if (value === undefined) return undefined;
  const operators = Object.entries(isMap(value) ? value : {}).map(([operator, tests]) => {
    if (!isMap(tests))
      throw accessError('MalformedPolicyDocument', `The condition ${operator} must be a map`);
    const keys = Object.entries(tests).map(([key, values]) => [key, texts(values)] as const);
    return [operator, Object.fromEntries(keys)] as const;
  });
  return Object.fromEntries(operators);
}

function texts(value: Value | undefined): readonly string[] {
  const items = isList(value) ? value : [value];
  return items.map((item) => {
    if (typeof item === 'string') return item;
    throw accessError(
      'MalformedPolicyDocument',
      `${JSON.stringify(item)} in a statement must be a text`,
    );
  });
}
