import { ACCOUNT_ID, FOLDER_ID } from '../workflows/onboarding/payload.ts';
import { UsageError } from './errors.ts';

/** Which accounts a command is about, as the person gave it. */
export interface AccountFilter {
  readonly accounts: readonly string[];
  readonly folder?: string;
  readonly exclude: readonly string[];
}

/** Throws a `UsageError` for what is no account id, or no folder id. */
export function accountFilter(given: {
  readonly account?: readonly string[];
  readonly folder?: string;
  readonly exclude?: readonly string[];
}): AccountFilter {
  const { account = [], folder, exclude = [] } = given;
  for (const id of [...account, ...exclude]) {
    if (!ACCOUNT_ID.test(id)) {
      throw new UsageError(({ usage }) => usage.accountId(id));
    }
  }
  if (folder !== undefined && !FOLDER_ID.test(folder)) {
    throw new UsageError(({ usage }) => usage.folderId(folder));
  }
  return { accounts: account, exclude, folder };
}
