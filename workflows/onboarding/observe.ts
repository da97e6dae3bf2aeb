import { isEmpty } from './coverage.ts';
import { reading } from './errors.ts';
import { listAccountsInScope } from './list-accounts.ts';
import type { Account, GroupReading, OnboardingRequest, Reading, Snapshot } from './model.ts';
import type { Backoff, Ports } from './ports.ts';
import { allEnded, backoffMs, callTimeoutMs, type RetryContext, withRetries } from './retry.ts';

/** Open accounts have an entry from every scheduled run: this bridges a long outage of them. */
const HISTORY_MS = 30 * 86_400_000;

export interface ObserveContext {
  readonly ports: Ports;
  readonly managementAccountId: string;
  readonly poll: Backoff;
  /** For the reads of the cloud, and for the log store's, which a run can do without. */
  readonly retry: RetryContext;
  readonly historyRetry: RetryContext;
}

/**
 * Reads, all at once: the organization, the account group, what earlier runs left open, and the
 * directory if it is in scope. Without the directory there is nothing to go on with, so that read
 * rejects; what the others can't say is a finding. Read-only, safe to repeat.
 */
export async function observe(
  request: OnboardingRequest,
  { ports, managementAccountId, poll, retry, historyRetry }: ObserveContext,
): Promise<Snapshot> {
  const { recorder, resultHistory, clock } = ports;
  const sinceMs = clock.now() - HISTORY_MS;
  const [organization, group, history, accounts] = await allEnded([
    reading(withRetries((options) => recorder.describe(options), retry)),
    readGroup(ports, poll, retry),
    reading(withRetries((options) => resultHistory.read(sinceMs, options), historyRetry)),
    accountsInScope(request, ports, managementAccountId, retry),
  ]);
  return {
    takenAtMs: clock.now(),
    organization,
    group,
    history,
    accounts,
  };
}

/** A group that lost all its members is looked at again before that is believed. */
async function readGroup(
  { accountGroup, clock, random }: Ports,
  poll: Backoff,
  retry: RetryContext,
): Promise<Reading<GroupReading | undefined>> {
  const group = await reading(withRetries((options) => accountGroup.read(options), retry));
  if (!isEmpty(group)) return group;
  await clock.sleep(backoffMs(poll, 1, random));
  const timeoutMs = callTimeoutMs(retry.deadlineMs - clock.now());
  const again = await reading(accountGroup.read({ timeoutMs }));
  return again.error === undefined ? again : group;
}

async function accountsInScope(
  { scope }: OnboardingRequest,
  ports: Ports,
  managementAccountId: string,
  retry: RetryContext,
): Promise<readonly Account[]> {
  if (scope.kind === 'accounts') return scope.accounts.map(withoutEvent);
  const directory = await ports.directory();
  const listed = await listAccountsInScope(scope, directory, managementAccountId, retry);
  const listedIds = new Set(listed.map(({ accountId }) => accountId));
  const unlisted = (scope.joined ?? []).filter(({ accountId }) => !listedIds.has(accountId));
  return [...listed, ...unlisted.map(withoutEvent)];
}

function withoutEvent({ accountId, name }: Account): Account {
  return { accountId, name };
}
