import {
  CloudError,
  MALFORMED_ANSWER,
  NOT_MANAGEMENT_ACCOUNT,
  NoAccountInScope,
} from './errors.ts';
import type { Account, DirectoryScope } from './model.ts';
import type { Directory, DirectoryAccount, DirectoryPage } from './ports.ts';
import { allEnded, type RetryContext, withRetries } from './retry.ts';

/**
 * Statuses of what is no member yet, or no more. All others are members', unknown ones too: taking
 * a member for none hides an account. Source: `GetAccountResponseBody` of ResourceManager 2020-03-31.
 */
const NO_MEMBER_STATUSES = [
  'CreateCancelled',
  'CreateExpired',
  'CreateFailed',
  'CreateVerifying',
  'Removed',
];

/** `ListAccounts` allows 20 calls a second; the rest is left to other callers and to retries. */
const PAGES_A_BURST = 15;
const QUOTA_WINDOW_MS = 1000;

/**
 * The directory's accounts that the scope names, in the directory's order. Throws `NoAccountInScope`
 * when a filter leaves nothing or names an account that the directory does not list, and refuses to
 * list for anybody but the management account.
 */
export async function listAccountsInScope(
  scope: DirectoryScope,
  directory: Directory,
  managementAccountId: string,
  retry: RetryContext,
): Promise<Account[]> {
  await requireManagementAccount(directory, managementAccountId, retry);
  const listed = await listAllAccounts(directory, retry);

  const wanted = scope.accountIds === undefined ? undefined : new Set(scope.accountIds);
  const excluded = new Set(scope.excludedAccountIds);
  requireListed(listed, 'excludes', excluded);
  requireListed(listed, 'names', wanted ?? []);
  const chosen = [...listed.values()].filter(
    ({ accountId, folderIds }) =>
      (wanted === undefined || wanted.has(accountId)) &&
      (scope.folderId === undefined || folderIds.includes(scope.folderId)) &&
      !excluded.has(accountId),
  );
  const isFiltered = wanted !== undefined || scope.folderId !== undefined || excluded.size > 0;
  if (isFiltered && chosen.length === 0) {
    throw new NoAccountInScope(
      `No account in the resource directory matches the filter (${describeFilter(scope)}): correct the filter.`,
    );
  }
  return chosen.map(({ accountId, name, joinedAtMs, folderIds, status }) => ({
    accountId,
    name,
    joinedAtMs,
    folderIds,
    skipReason: NO_MEMBER_STATUSES.includes(status)
      ? `The status in the resource directory is ${status}: not a member.`
      : undefined,
  }));
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

function requireListed(
  listed: ReadonlyMap<string, DirectoryAccount>,
  what: 'names' | 'excludes',
  accountIds: Iterable<string>,
): void {
  const unknown = [...accountIds].filter((accountId) => !listed.has(accountId));
  if (unknown.length === 0) return;
  throw new NoAccountInScope(
    `The resource directory does not list ${someOf(unknown)}, which the filter ${what}: correct the filter.`,
  );
}

const MOST_READINGS = 5;
/** How far the clock here may be behind the one that stamps join times. */
const CLOCK_SKEW_MS = 300_000;

/**
 * Every account, by its id. When an account leaves while pages are read, those behind it move up,
 * and one may be on no page. The total gives that away, unless an account that joined meanwhile is
 * counted in its place. So a reading in which the total is reached and nobody has just joined is
 * whole; so is one that shows the same accounts as the reading before it. Everything else is read
 * again, and in the end an error, never hidden.
 */
async function listAllAccounts(
  directory: Directory,
  retry: RetryContext,
): Promise<Map<string, DirectoryAccount>> {
  let before = new Map<string, DirectoryAccount>();
  let totalCount = 0;
  for (let reading = 1; reading <= MOST_READINGS; reading += 1) {
    if (reading > 1) await retry.clock.sleep(QUOTA_WINDOW_MS);
    const startedAtMs = retry.clock.now();
    const pages = await readPages(directory, retry);
    const accounts = pages.flatMap((page) => page.accounts);
    const listed = new Map(accounts.map((account) => [account.accountId, account]));
    totalCount = Math.max(...pages.map((page) => page.totalCount));
    const isStable =
      pages.length === 1 ||
      !accounts.some((account) => mayHaveJoinedSince(account, startedAtMs)) ||
      (before.size === listed.size && [...listed.keys()].every((id) => before.has(id)));
    if (listed.size >= totalCount && isStable) return listed;
    before = listed;
  }
  throw new CloudError({
    operation: 'ListAccounts',
    code: MALFORMED_ANSWER,
    message: `${MOST_READINGS} readings of the whole directory disagree: the last one shows ${before.size} of ${totalCount} accounts.`,
  });
}

function mayHaveJoinedSince({ joinedAtMs }: DirectoryAccount, momentMs: number): boolean {
  return joinedAtMs === undefined || joinedAtMs >= momentMs - CLOCK_SKEW_MS;
}

async function readPages(directory: Directory, retry: RetryContext): Promise<DirectoryPage[]> {
  const page = (pageNumber: number) =>
    withRetries((options) => directory.listAccounts(pageNumber, options), retry);

  const first = await page(1);
  const pages = [first];
  const lastPage = Math.ceil(first.totalCount / directory.pageSize);
  for (let next = 2; next <= lastPage; next += PAGES_A_BURST) {
    const pageNumbers = range(next, Math.min(next + PAGES_A_BURST - 1, lastPage));
    pages.push(...(await allEnded(pageNumbers.map(page))));
    const isLast = next + PAGES_A_BURST > lastPage;
    // From the last answer on: a call that arrived late counts in the quota's window as well.
    if (!isLast) await retry.clock.sleep(QUOTA_WINDOW_MS);
  }
  return pages;
}

function describeFilter({ accountIds, folderId, excludedAccountIds }: DirectoryScope): string {
  return [
    accountIds === undefined ? [] : [someOf(accountIds)],
    folderId === undefined ? [] : [`folder ${folderId}`],
    excludedAccountIds.length === 0 ? [] : [`excluding ${someOf(excludedAccountIds)}`],
  ]
    .flat()
    .join(', ');
}

const MOST_NAMED = 5;

/** `account 1`, or `accounts 1, 2 and 7 more`. */
function someOf(accountIds: readonly string[]): string {
  const more = accountIds.length - MOST_NAMED;
  const named = accountIds.slice(0, MOST_NAMED).join(', ');
  const noun = accountIds.length === 1 ? 'account' : 'accounts';
  return more > 0 ? `${noun} ${named} and ${more} more` : `${noun} ${named}`;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
