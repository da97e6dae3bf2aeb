import { ACCOUNT_ID, FOLDER_ID } from '../workflows/onboarding/payload.ts';
import { UsageError } from './command.ts';

/** Which accounts a command is about, as the person gave it. */
export interface AccountFilter {
  readonly accounts: readonly string[];
  readonly folder?: string;
  readonly exclude: readonly string[];
}

/** Throws a `UsageError` for what is no account id, or no folder id. */
export function accountFilter(given: {
  readonly account: readonly string[];
  readonly folder: string | undefined;
  readonly exclude?: readonly string[];
}): AccountFilter {
  const { account, folder, exclude = [] } = given;
  for (const id of [...account, ...exclude]) {
    if (!ACCOUNT_ID.test(id)) {
      throw new UsageError(
        `${id} is no account id: it has digits only, for example 1000000000000002.`,
      );
    }
  }
  if (folder !== undefined && !FOLDER_ID.test(folder)) {
    throw new UsageError(`${folder} is no folder id: it begins with fd-, or with r- for the root.`);
  }
  return { accounts: account, exclude, ...(folder === undefined ? {} : { folder }) };
}
