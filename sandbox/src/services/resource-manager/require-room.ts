import { errorFrom } from '../../protocols/service-error.ts';
import type { Directory } from './directory.ts';
import { isMember } from './directory-data.ts';
import { resourceManagerErrors } from './errors.ts';

/** Throws `LimitExceeded.Account` when the directory takes no further member. */
export function requireRoom(directory: Directory): void {
  if (directory.accounts().filter(isMember).length >= directory.memberLimit) {
    throw errorFrom(resourceManagerErrors, 'LimitExceeded.Account');
  }
}
