import { NoAccountInScope } from '../../workflows/onboarding/errors.ts';
import type { CommandContext } from '../command.ts';
import { ExplainedError } from '../errors.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { readFolderNames } from '../folder-names.ts';
import {
  exitCodeOfStatus,
  lookAtMembers,
  type Seen,
  unreadable,
} from '../status/look-at-members.ts';
import type { MemberStatus } from '../status/member-status.ts';
import { whatToDo } from '../status/status-columns.ts';
import { nothingUnread, readResults, type StoredResult } from '../stored-entries.ts';

/** Everything that is known of one account. */
export interface AccountSeen {
  readonly accountId: string;
  /** Absent: it is no member, or not any more. */
  readonly member?: MemberStatus;
  /** Names of its folders, from the root folder down; ids where names are not known. */
  readonly folderPath: readonly string[];
  /** What a person does next; absent where there is nothing to do. */
  readonly recommendation?: string;
  /** All of them, oldest first. */
  readonly results: readonly StoredResult[];
  readonly remarks: readonly string[];
  readonly exitCode: ExitCode;
}

/**
 * Reads only, and safe to repeat. Rejects with an `ExplainedError` for an account that neither the
 * directory nor the log store knows.
 */
export async function lookAtAccount(
  accountId: string,
  context: CommandContext,
): Promise<AccountSeen> {
  const { operator, texts } = context;
  const [seen, results] = await Promise.all([
    lookAtMembers({ accounts: [accountId], exclude: [] }, context).catch(undefinedIfUnlisted),
    readResults(operator, { sinceMs: 0 }, accountId).catch(nothingUnread),
  ]);
  const member = seen?.members[0];
  if (seen === undefined && results.length === 0) {
    throw new ExplainedError(({ account }) => account.unknown(accountId));
  }
  const { folderIds = [] } = member ?? {};
  const names = await readFolderNames([folderIds], operator);
  return {
    accountId,
    member,
    results,
    folderPath: names.of(folderIds),
    recommendation:
      seen === undefined || member === undefined || member.state === 'covered'
        ? undefined
        : whatToDo(member, seen, texts),
    remarks: [
      ...(seen?.remarks ?? []),
      ...unreadable(texts.status.folderNames, names.error, texts),
    ],
    exitCode: seen === undefined ? EXIT.ERROR : exitCodeOfStatus(seen),
  };
}

/** What it was is in the log store still. */
function undefinedIfUnlisted(error: unknown): Seen | undefined {
  if (error instanceof NoAccountInScope) return undefined;
  throw error;
}
