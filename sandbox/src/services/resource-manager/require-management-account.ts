import { errorFrom } from '../../protocols/service-error.ts';
import type { Caller } from '../../world/identities.ts';
import type { Directory } from './directory.ts';
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
