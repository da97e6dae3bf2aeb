import type { JsonObject } from '../../protocols/rpc/json.ts';
import type { AccessStore, Policy, Role } from './access-store.ts';

/** `2026-11-20T03:04:05Z`. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** What every answer says of a role; lists leave the trust policy out. */
export function roleAnswer(role: Role): JsonObject {
  return {
    RoleName: role.name,
    RoleId: role.roleId,
    Arn: role.arn,
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    CreateDate: isoTime(role.createdAtMs),
    UpdateDate: isoTime(role.updatedAtMs),
  };
}

/** JSON in a text, as RAM gives it. */
export function trustPolicy({ trustedServices }: Role): string {
  return JSON.stringify({
    Statement: [
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: trustedServices } },
    ],
    Version: '1',
  });
}

/** Custom policies have one version here. */
export function policyAnswer(access: AccessStore, policy: Policy): JsonObject {
  return {
    PolicyName: policy.name,
    PolicyType: 'Custom',
    Description: policy.description,
    DefaultVersion: 'v1',
    AttachmentCount: access.rolesWith(policy.name).length,
    CreateDate: isoTime(policy.createdAtMs),
    UpdateDate: isoTime(policy.updatedAtMs),
  };
}
