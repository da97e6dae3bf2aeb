import {
  CloudError,
  MALFORMED_ANSWER,
  NOT_MANAGEMENT_ACCOUNT,
  NoAccountInScope,
} from './errors.ts';
import type { Directory, DirectoryAccount, DirectoryPage } from './ports.ts';
import type { DirectoryScope } from './request.ts';
import { type RetryContext, withRetries } from './retry.ts';
import { settleAll } from './settle-all.ts';

export interface ListedAccount {
  readonly accountId: string;
  readonly name?: string;
  readonly joinedAtMs?: number;
  readonly skipReason?: string;
}
export type ListedAccounts = readonly ListedAccount[];

const MEMBER_STATUSES = ['CreateSuccess', 'InviteSuccess', 'PromoteSuccess'];

/** `ListAccounts` allows 20 calls a second; the rest is left to other callers and to retries. */
const PAGES_A_BURST = 15;
const QUOTA_WINDOW_MS = 1000;

/**
 * The directory's accounts that the scope names, in the directory's order. An account that is
 * named but not listed comes back as skipped. Throws `NoAccountInScope` when a filter leaves
 * nothing, and refuses to list for anybody but the management account.
 */
export async function listAccountsInScope(
  scope: DirectoryScope,
  directory: Directory,
  managementAccountId: string,
  retry: RetryContext,
): Promise<ListedAccounts> {
  await requireManagementAccount(directory, managementAccountId, retry);
  const listed = await listAllAccounts(directory, retry);

  const wanted = scope.accountIds === undefined ? undefined : new Set(scope.accountIds);
  const excluded = new Set(scope.excludedAccountIds);
  const chosen = [...listed.values()].filter(
    ({ accountId, folderIds }) =>
      (wanted === undefined || wanted.has(accountId)) &&
      (scope.folderId === undefined || folderIds.includes(scope.folderId)) &&
      !excluded.has(accountId),
  );
  const isFiltered = wanted !== undefined || scope.folderId !== undefined || excluded.size > 0;
  if (isFiltered && chosen.length === 0) throw new NoAccountInScope(describeFilter(scope));

  const unknown = [...(wanted ?? [])].filter((accountId) => !listed.has(accountId));
  return [
    ...chosen.map(toListedAccount),
    ...unknown.map((accountId) => ({
      accountId,
      skipReason: 'The resource directory does not list this account.',
    })),
  ];
}

async function requireManagementAccount(
  directory: Directory,
  managementAccountId: string,
  retry: RetryContext,
): Promise<void> {
  const ownerId = await withRetries((options) => directory.managementAccountId(options), retry);
  if (ownerId === managementAccountId) return;
  throw new CloudError({
    operation: 'GetResourceDirectory',
    code: NOT_MANAGEMENT_ACCOUNT,
    message: `Account ${managementAccountId} is not the management account of its resource directory; ${ownerId} is.`,
  });
}

const READINGS = 3;

/**
 * By account id. When an account leaves while pages are read, those behind it move up, and one may
 * be on no page: then all are read again. What is still missing is an error, never hidden.
 */
async function listAllAccounts(
  directory: Directory,
  retry: RetryContext,
): Promise<Map<string, DirectoryAccount>> {
  let shown = 0;
  let totalCount = 0;
  for (let reading = 1; reading <= READINGS; reading += 1) {
    if (reading > 1) await retry.clock.sleep(QUOTA_WINDOW_MS);
    const pages = await readPages(directory, retry);
    const accounts = pages.flatMap((page) => page.accounts);
    const listed = new Map(accounts.map((account) => [account.accountId, account]));
    shown = listed.size;
    totalCount = Math.max(...pages.map((page) => page.totalCount));
    if (shown >= totalCount) return listed;
  }
  throw new CloudError({
    operation: 'ListAccounts',
    code: MALFORMED_ANSWER,
    message: `All pages together show ${shown} of ${totalCount} accounts.`,
  });
}

async function readPages(directory: Directory, retry: RetryContext): Promise<DirectoryPage[]> {
  const page = (pageNumber: number) =>
    withRetries((options) => directory.listAccounts(pageNumber, options), retry);

  const first = await page(1);
  const pages = [first];
  const lastPage = Math.ceil(first.totalCount / directory.pageSize);
  for (let next = 2; next <= lastPage; next += PAGES_A_BURST) {
    const pageNumbers = range(next, Math.min(next + PAGES_A_BURST - 1, lastPage));
    pages.push(...(await settleAll(pageNumbers.map(page))));
    const isLast = next + PAGES_A_BURST > lastPage;
    // From the last answer on: a call that arrived late counts in the quota's window as well.
    if (!isLast) await retry.clock.sleep(QUOTA_WINDOW_MS);
  }
  return pages;
}

function toListedAccount({ accountId, name, joinedAtMs, status }: DirectoryAccount): ListedAccount {
  return {
    accountId,
    ...(name === undefined ? {} : { name }),
    ...(joinedAtMs === undefined ? {} : { joinedAtMs }),
    ...(MEMBER_STATUSES.includes(status)
      ? {}
      : { skipReason: `Its status in the resource directory is ${status}: it is no member.` }),
  };
}

function describeFilter({ accountIds, folderId, excludedAccountIds }: DirectoryScope): string {
  return [
    accountIds === undefined
      ? undefined
      : `${accountIds.length === 1 ? 'account' : 'accounts'} ${someOf(accountIds)}`,
    folderId === undefined ? undefined : `folder ${folderId}`,
    excludedAccountIds.length === 0 ? undefined : `exclude ${someOf(excludedAccountIds)}`,
  ]
    .filter((part) => part !== undefined)
    .join(' and ');
}

const MOST_NAMED = 5;

function someOf(accountIds: readonly string[]): string {
  const more = accountIds.length - MOST_NAMED;
  const named = accountIds.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
