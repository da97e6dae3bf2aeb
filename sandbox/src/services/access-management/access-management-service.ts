import { missingParameter } from '../../protocols/rpc/errors.ts';
import { type RpcOperation, type RpcProduct, rpcOperation } from '../../protocols/rpc/operation.ts';
import type { AccessStore } from './access-store.ts';
import { isoTime, policyAnswer, roleAnswer, trustPolicy } from './answers.ts';
import { accessError, accessErrors } from './errors.ts';

/**
 * Resource Access Management, version 2015-05-01: what a person looks up of roles and policies; and of
 * Security Token Service, version 2015-04-01, who the caller is.
 */
export function createAccessManagementService(access: AccessStore) {
  return {
    service: 'access-management',
    hostId: 'ram.aliyuncs.com',
    versions: {
      '2015-04-01': { GetCallerIdentity: getCallerIdentity() },
      '2015-05-01': {
        GetPolicy: getPolicy(access),
        GetRole: getRole(access),
        ListPoliciesForRole: listPoliciesForRole(access),
        ListRoles: listRoles(access),
      },
    },
    errors: accessErrors,
    quotas: {},
  } satisfies RpcProduct;
}

const NO_PERMISSION = { noPermissionCode: 'NoPermission' } as const;

/** `GetCallerIdentity`, which needs no permission. */
function getCallerIdentity(): RpcOperation {
  return rpcOperation({
    parameters: () => ({}),
    handle: ({ caller: { accountId, userName, roleName } }) => {
      const arnOf = (what: string) => `acs:ram::${accountId}:${what}`;
      if (userName !== undefined) {
        return identity('RAMUser', accountId, arnOf(`user/${userName}`));
      }
      return roleName === undefined
        ? identity('Account', accountId, arnOf('root'))
        : identity('AssumedRoleUser', accountId, arnOf(`assumed-role/${roleName}/sandbox`));
    },
  });
}

/** Ids of users are not modelled: the end of the ARN stands for one. */
function identity(IdentityType: string, AccountId: string, Arn: string) {
  return { IdentityType, AccountId, Arn, PrincipalId: Arn.slice(Arn.indexOf('/') + 1) };
}

/** `GetRole`, with its trust policy. */
function getRole(access: AccessStore): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({ roleName: read.required('RoleName') }),
    action: 'ram:GetRole',
    resource: (caller, { roleName }) => `acs:ram:*:${caller.accountId}:role/${roleName}`,
    ...NO_PERMISSION,
    handle({ parameters }) {
      const role = access.role(parameters.roleName);
      return { Role: { ...roleAnswer(role), AssumeRolePolicyDocument: trustPolicy(role) } };
    },
  });
}

/** `ListRoles`, up to `MaxItems` (1–1000, default 100), from `Marker` on, which is a role's name. */
function listRoles(access: AccessStore): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      marker: read.text('Marker') ?? '',
      maxItems: read.integer('MaxItems', { minimum: 1, maximum: 1000 }) ?? 100,
    }),
    action: 'ram:ListRoles',
    resource: (caller) => `acs:ram:*:${caller.accountId}:role/*`,
    ...NO_PERMISSION,
    handle({ parameters: { marker, maxItems } }) {
      const rest = [...access.roles()]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .filter(({ name }) => name >= marker);
      const next = rest[maxItems];
      return {
        Roles: { Role: rest.slice(0, maxItems).map(roleAnswer) },
        IsTruncated: next !== undefined,
        ...(next === undefined ? {} : { Marker: next.name }),
      };
    },
  });
}

/** `GetPolicy` of a custom policy, with its document. System policies are not modelled. */
function getPolicy(access: AccessStore): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      policyName: read.required('PolicyName'),
      policyType: read.text('PolicyType'),
    }),
    action: 'ram:GetPolicy',
    resource: (caller, { policyName }) => `acs:ram:*:${caller.accountId}:policy/${policyName}`,
    ...NO_PERMISSION,
    handle({ parameters: { policyName, policyType } }) {
      if (policyType === undefined) throw missingParameter('PolicyType');
      if (policyType === 'System') throw accessError('EntityNotExist.Policy', policyName);
      if (policyType !== 'Custom') throw accessError('InvalidParameter.PolicyType', policyType);
      const policy = access.policy(policyName);
      return {
        Policy: policyAnswer(access, policy),
        DefaultPolicyVersion: {
          VersionId: 'v1',
          IsDefaultVersion: true,
          PolicyDocument: JSON.stringify(policy.document),
          CreateDate: isoTime(policy.updatedAtMs),
        },
      };
    },
  });
}

/** `ListPoliciesForRole`. */
function listPoliciesForRole(access: AccessStore): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({ roleName: read.required('RoleName') }),
    action: 'ram:ListPoliciesForRole',
    resource: (caller, { roleName }) => `acs:ram:*:${caller.accountId}:role/${roleName}`,
    ...NO_PERMISSION,
    handle({ parameters }) {
      const { attached } = access.role(parameters.roleName);
      return {
        Policies: {
          Policy: [...attached].map(([name, attachedAtMs]) => ({
            PolicyName: name,
            PolicyType: 'Custom',
            Description: access.policy(name).description,
            DefaultVersion: 'v1',
            AttachDate: isoTime(attachedAtMs),
          })),
        },
      };
    },
  });
}
