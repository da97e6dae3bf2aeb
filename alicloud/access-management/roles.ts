import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { malformedAnswer } from '../failure.ts';
import { parseAnswer, type RpcClient } from '../rpc-client.ts';

/** A role of Resource Access Management. */
export interface Role {
  /** Services that may act in it, for example `fc.aliyuncs.com`. */
  readonly trustedServices: readonly string[];
}

/** Parsed JSON of a policy. */
export type PolicyDocument = unknown;

const API_VERSION = '2015-05-01';

const roleSchema = v.object({ Role: v.object({ AssumeRolePolicyDocument: v.string() }) });

const textOrList = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === 'string' ? [value] : value)),
);

const trustSchema = v.object({
  Statement: v.array(
    v.object({ Effect: v.string(), Principal: v.object({ Service: v.optional(textOrList, []) }) }),
  ),
});

const attachedSchema = v.object({
  Policies: v.object({
    Policy: v.array(v.object({ PolicyName: v.string(), PolicyType: v.string() })),
  }),
});

const policySchema = v.object({ DefaultPolicyVersion: v.object({ PolicyDocument: v.string() }) });

/**
 * Roles as they are now. Everything is safe to repeat, and rejects with a `CloudError`.
 * Source: RAM 2015-05-01, "GetRole", "ListPoliciesForRole" and "GetPolicy".
 */
export function createRoles(client: RpcClient) {
  async function call<S extends v.GenericSchema>(
    operation: string,
    params: Readonly<Record<string, string>>,
    schema: S,
    options: CallOptions,
  ): Promise<v.InferOutput<S>> {
    const answer = await client.call(API_VERSION, operation, params, options);
    return parseAnswer(operation, schema, answer);
  }

  return {
    /** `undefined` when there is none of this name. */
    async role(name: string, options: CallOptions): Promise<Role | undefined> {
      try {
        const { Role: role } = await call('GetRole', { RoleName: name }, roleSchema, options);
        return { trustedServices: trustedServices(role.AssumeRolePolicyDocument) };
      } catch (error) {
        if (isCloudError(error) && error.code.startsWith('EntityNotExist')) return undefined;
        throw error;
      }
    },

    /** What its own policies say; what Alibaba Cloud's say is left out. */
    async policies(name: string, options: CallOptions): Promise<PolicyDocument[]> {
      const { Policies } = await call(
        'ListPoliciesForRole',
        { RoleName: name },
        attachedSchema,
        options,
      );
      const own = Policies.Policy.filter(({ PolicyType }) => PolicyType === 'Custom');
      return Promise.all(
        own.map(async ({ PolicyName, PolicyType }) => {
          const { DefaultPolicyVersion: version } = await call(
            'GetPolicy',
            { PolicyName, PolicyType },
            policySchema,
            options,
          );
          return parseDocument('GetPolicy', version.PolicyDocument);
        }),
      );
    },
  };
}

function trustedServices(document: string): string[] {
  const parsed = v.safeParse(trustSchema, parseDocument('GetRole', document));
  if (!parsed.success) throw malformedAnswer('GetRole', 'the trust policy is none');
  return parsed.output.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
    ({ Principal }) => Principal.Service,
  );
}

function parseDocument(operation: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedAnswer(operation, 'the policy is not JSON');
  }
}
