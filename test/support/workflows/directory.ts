import { listAccountsInScope } from '../../../workflows/onboarding/list-accounts.ts';
import type { DirectoryScope } from '../../../workflows/onboarding/model.ts';
import type { DirectoryPage } from '../../../workflows/onboarding/ports.ts';
import { retryPolicies } from '../../../workflows/onboarding/retry.ts';
import { type FakeWorld, MANAGEMENT_ACCOUNT_ID, START_MS } from './fake-ports.ts';

export const everyone: DirectoryScope = { kind: 'directory', excludedAccountIds: [] };

export const idsOf = (listed: readonly { accountId: string }[]) =>
  listed.map((one) => one.accountId);

/** What the directory answers to the page: `read` gives its own answer. */
type AnswerPage = (page: number, read: () => Promise<DirectoryPage>) => Promise<DirectoryPage>;

/** The accounts in scope, as the workflow lists them. */
export async function listAccounts(
  world: FakeWorld,
  scope: DirectoryScope = everyone,
  answerPage: AnswerPage = (_, read) => read(),
) {
  const directory = await world.ports.directory();
  return listAccountsInScope(
    scope,
    {
      ...directory,
      listAccounts: (page, options) =>
        answerPage(page, () => directory.listAccounts(page, options)),
    },
    MANAGEMENT_ACCOUNT_ID,
    {
      policies: retryPolicies({ baseMs: 1, capMs: 1 }),
      clock: world.clock,
      random: () => 1,
      deadlineMs: START_MS + 600_000,
    },
  );
}
