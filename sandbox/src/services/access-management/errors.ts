import { type ErrorTable, errorFrom, type ServiceError } from '../../protocols/service-error.ts';

/**
 * Codes of Resource Access Management. Sources: help.aliyun.com, RAM, the error tables of
 * CreateRole, DeleteRole, CreatePolicy, DeletePolicy and AttachPolicyToRole; Resource Management,
 * "Service-linked roles". `SandboxUnsupportedPolicy` is ours: what the real service takes and this
 * one does not evaluate. The statuses of the service-linked roles' codes are inferred.
 */
export const accessErrors = {
  'DeleteConflict.Policy.Role': {
    status: 409,
    message: 'The policy can not be deleted, which is attached to roles',
  },
  'DeleteConflict.Role.Policy': {
    status: 409,
    message: 'The role can not be deleted, which has policies',
  },
  'EntityAlreadyExists.Policy': { status: 409, message: 'The policy already exists' },
  'EntityAlreadyExists.Role': { status: 409, message: 'The role already exists' },
  'EntityAlreadyExists.Role.Policy': {
    status: 409,
    message: 'The policy is already attached to the role',
  },
  'EntityNotExist.DeletionTask': { status: 404, message: 'The deletion task does not exist' },
  'EntityNotExist.Policy': { status: 404, message: 'The policy not exists' },
  'EntityNotExist.Role': { status: 404, message: 'The role not exists' },
  'InvalidParameter.PolicyDocument.Length': {
    status: 400,
    message: 'The maximum length of the policy document is exceeded. It must not exceed',
  },
  'InvalidParameter.PolicyType': { status: 400, message: 'The policy type is invalid' },
  'InvalidParameter.RoleName.NotServiceLinkedRole': {
    status: 400,
    message: 'The role is not a service-linked role',
  },
  'InvalidParameter.ServiceName': { status: 400, message: 'The service name is invalid' },
  MalformedPolicyDocument: { status: 400, message: 'The policy document is malformed' },
  NoPermission: { status: 403, message: 'You are not authorized to perform this action' },
  SandboxUnsupportedPolicy: { status: 400, message: 'The sandbox does not evaluate this policy' },
} as const satisfies ErrorTable;

/** A row of the table as an error; `what` ends its message. */
export function accessError(code: keyof typeof accessErrors, what: string): ServiceError {
  return errorFrom(accessErrors, code, { message: `${accessErrors[code].message} : ${what}.` });
}
