import type { ErrorTable } from '../../protocols/service-error.ts';

/**
 * Sources: alibabacloud.com and help.aliyun.com, Resource Management 2020-03-31, error codes of
 * `CreateResourceAccount`, `CreateCloudAccount`, `PromoteResourceAccount`, `GetResourceDirectory`
 * and the public list (document_detail/473999). `NoPermission.ResourceDirectory.MemberAccount` is
 * documented for Resource Center, and inferred here. `EntityNotExists.Handshake`,
 * `HandshakeStatusMismatch` and `ConcurrentCallNotSupported` are met in public code, their status
 * and message are ours; `HandshakeTargetMismatch` is all ours.
 */
export const resourceManagerErrors = {
  AccountInAnotherResourceDir: {
    status: 409,
    message: 'This account is a master account or a member account in another resource directory.',
  },
  AccountTypeOrStatusMismatch: {
    status: 409,
    message: 'You cannot perform the action on the member account.',
  },
  ConcurrentCallNotSupported: {
    status: 409,
    message: 'The concurrent call is not supported. Please try again later.',
  },
  'EntityAlreadyExists.Handshake': {
    status: 409,
    message: 'Handshakes with the same target entity already exist.',
  },
  'EntityNotExists.Account': {
    status: 404,
    message: 'This resource directory account does not exist.',
  },
  'EntityNotExists.Folder': {
    status: 404,
    message: 'The resource directory folder does not exist.',
  },
  'EntityNotExists.Handshake': { status: 404, message: 'The handshake does not exist.' },
  'EntityNotExists.ResourceDirectory': {
    status: 404,
    message:
      'The resource directory for the account is not enabled. We recommend that you first enable the resource directory for the account.',
  },
  HandshakeStatusMismatch: {
    status: 409,
    message: 'You cannot perform the action on a handshake in this status.',
  },
  HandshakeTargetMismatch: {
    status: 409,
    message: 'Only the invited account can accept the handshake.',
  },
  'InvalidParameter.Account.DisplayName': {
    status: 400,
    message: 'The DisplayName of account is invalid.',
  },
  'InvalidParameter.Account.DisplayName.AlreadyUsed': {
    status: 409,
    message: 'The displayname of account has been used.',
  },
  'InvalidParameter.Account.DisplayName.Length': {
    status: 400,
    message: 'The DisplayName of the account exceeds the length limit.',
  },
  'InvalidParameter.AccountId': { status: 400, message: 'The AccountId is invalid.' },
  'InvalidParameter.Email': { status: 400, message: 'The Email is invalid.' },
  'LimitExceeded.Account': {
    status: 409,
    message: 'The maximum number of member accounts in a resource directory exceeds the limit.',
  },
  'NoPermission.ResourceDirectory.MemberAccount': {
    status: 409,
    message: 'ResourceDirectory Member Account is not authorized to perform this operation.',
  },
  ResourceDirectoryNotInUse: {
    status: 404,
    message:
      'The specified account is not an Alibaba Cloud account or a member account of the resource directory.',
  },
} as const satisfies ErrorTable;
