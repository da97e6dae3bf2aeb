import { errorFrom } from '../../protocols/service-error.ts';
import type { Caller } from '../../world/identities.ts';
import type { Directory } from './directory.ts';
import { type DirectoryAccount, isMember } from './directory-data.ts';
import { resourceManagerErrors } from './errors.ts';

/**
 * Throws `EntityNotExists.ResourceDirectory` where there is no directory that the caller knows, and
 * `NoPermission.ResourceDirectory.MemberAccount` for a member.
 */
export function requireManagementAccount(directory: Directory, caller: Caller): void {
  if (!directory.enabled)
    throw errorFrom(resourceManagerErrors, 'EntityNotExists.ResourceDirectory');
  if (caller.accountId === directory.managementAccountId) return;
  throw errorFrom(
    resourceManagerErrors,
    directory.account(caller.accountId) === undefined
      ? 'EntityNotExists.ResourceDirectory'
      : 'NoPermission.ResourceDirectory.MemberAccount',
  );
}

/** Throws `InvalidParameter.AccountId` or `EntityNotExists.Account`. */
export function requireAccount(directory: Directory, accountId: string): DirectoryAccount {
  if (!/^\d{16}$/.test(accountId)) {
    throw errorFrom(resourceManagerErrors, 'InvalidParameter.AccountId');
  }
  const account = directory.account(accountId);
  if (account === undefined) throw errorFrom(resourceManagerErrors, 'EntityNotExists.Account');
  return account;
}

/** The folder's id, by default the root folder's. Throws `EntityNotExists.Folder`. */
export function requireFolder(directory: Directory, folderId = directory.rootFolderId): string {
  if (directory.folder(folderId) === undefined) {
    throw errorFrom(resourceManagerErrors, 'EntityNotExists.Folder');
  }
  return folderId;
}

/** Throws `LimitExceeded.Account` when the directory takes no further member. */
export function requireRoom(directory: Directory): void {
  if (directory.accounts().filter(isMember).length >= directory.memberLimit) {
    throw errorFrom(resourceManagerErrors, 'LimitExceeded.Account');
  }
}
