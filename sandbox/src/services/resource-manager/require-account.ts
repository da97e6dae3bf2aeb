import { errorFrom } from '../../protocols/service-error.ts';
import type { Directory } from './directory.ts';
import type { DirectoryAccount } from './directory-data.ts';
import { resourceManagerErrors } from './errors.ts';

/** Throws `InvalidParameter.AccountId` or `EntityNotExists.Account`. */
export function requireAccount(directory: Directory, accountId: string): DirectoryAccount {
  if (!/^\d{16}$/.test(accountId)) {
    throw errorFrom(resourceManagerErrors, 'InvalidParameter.AccountId');
  }
  const account = directory.account(accountId);
  if (account === undefined) throw errorFrom(resourceManagerErrors, 'EntityNotExists.Account');
  return account;
}
