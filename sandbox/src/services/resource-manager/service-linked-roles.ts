import { randomUUID } from 'node:crypto';
import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { cutPage, pageAnswer, readPage } from '../../protocols/rpc/pages.ts';
import type { AccessStore, Role } from '../access-management/access-store.ts';
import { roleAnswer, trustPolicy } from '../access-management/answers.ts';
import { accessError } from '../access-management/errors.ts';

/**
 * The roles of Resource Management's API: `CreateServiceLinkedRole`, `DeleteServiceLinkedRole`,
 * `GetServiceLinkedRoleDeletionStatus`, `GetRole`, `ListRoles`. Creating one that there is answers
 * `EntityAlreadyExists.Role`.
 */
export function serviceLinkedRoleOperations(access: AccessStore) {
  /** Names of the roles whose deletion was asked for, by task. They are deleted at once. */
  const deletions = new Map<string, string>();

  return {
    CreateServiceLinkedRole: rpcOperation({
      parameters: (read) => ({
        serviceName: read.required('ServiceName'),
        // None of the roles here takes a suffix, and so none takes a description.
        customSuffix: read.text('CustomSuffix'),
        description: read.text('Description'),
      }),
      action: 'ram:CreateServiceLinkedRole',
      resource: () => '*',
      conditionKeys: ({ serviceName }) => ({ 'ram:ServiceName': serviceName }),
      noPermissionCode: 'NoPermission',
      handle({ parameters: { serviceName, customSuffix } }) {
        if (customSuffix !== undefined) {
          throw accessError('InvalidParameter.ServiceName', `${serviceName} takes no suffix`);
        }
        const role = access.createServiceLinkedRole(serviceName);
        return { Role: { ...answerOf(role), AssumeRolePolicyDocument: trustPolicy(role) } };
      },
    }),
    DeleteServiceLinkedRole: rpcOperation({
      parameters: (read) => ({ roleName: read.required('RoleName') }),
      action: 'ram:DeleteServiceLinkedRole',
      resource: () => '*',
      noPermissionCode: 'NoPermission',
      handle({ parameters: { roleName } }) {
        const { name, serviceName } = access.role(roleName);
        if (serviceName === undefined) {
          throw accessError('InvalidParameter.RoleName.NotServiceLinkedRole', name);
        }
        access.deleteRole(name, true);
        const taskId = `task/${serviceName}/${name}/${randomUUID()}`;
        deletions.set(taskId, name);
        return { DeletionTaskId: taskId };
      },
    }),
    GetServiceLinkedRoleDeletionStatus: rpcOperation({
      parameters: (read) => ({ taskId: read.required('DeletionTaskId') }),
      action: 'ram:GetServiceLinkedRoleDeletionStatus',
      resource: () => '*',
      noPermissionCode: 'NoPermission',
      handle({ parameters: { taskId } }) {
        if (!deletions.has(taskId)) throw accessError('EntityNotExist.DeletionTask', taskId);
        return { Status: 'SUCCEEDED' };
      },
    }),
    GetRole: rpcOperation({
      parameters: (read) => ({
        roleName: read.required('RoleName'),
        language: read.text('Language'),
      }),
      action: 'ram:GetRole',
      resource: (caller, { roleName }) => `acs:ram:*:${caller.accountId}:role/${roleName}`,
      noPermissionCode: 'NoPermission',
      handle({ parameters: { roleName } }) {
        const role = access.role(roleName);
        return { Role: { ...answerOf(role), AssumeRolePolicyDocument: trustPolicy(role) } };
      },
    }),
    ListRoles: rpcOperation({
      parameters: (read) => ({ page: readPage(read, 100), language: read.text('Language') }),
      action: 'ram:ListRoles',
      resource: (caller) => `acs:ram:*:${caller.accountId}:role/*`,
      noPermissionCode: 'NoPermission',
      handle({ parameters: { page } }) {
        const roles = access.roles();
        return {
          ...pageAnswer(roles, page),
          Roles: { Role: cutPage(roles, page).map(answerOf) },
        };
      },
    }),
  } satisfies Readonly<Record<string, RpcOperation>>;
}

function answerOf(role: Role) {
  return {
    ...roleAnswer(role),
    IsServiceLinkedRole: role.serviceName !== undefined,
    RolePrincipalName: `${role.name.toLowerCase()}@role.${role.arn.split(':')[3]}.onaliyunservice.com`,
  };
}
