import { CloudError, classify } from './errors.ts';
import type { GroupSight } from './observe.ts';
import type { Backoff, CallOptions, Ports, RecorderReading } from './ports.ts';
import { backoffMs, callTimeoutMs } from './retry.ts';

export interface VerifyContext {
  readonly ports: Ports;
  readonly poll: Backoff;
  /** Milliseconds since 1970; no wait begins after it. */
  readonly deadlineMs: number;
  /** Told of accounts that were covered while others are not yet. */
  readonly onProgress?: (accountIds: readonly string[], seen: Verification) => Promise<void>;
}

/** What one look at the organization and its account group showed. */
export interface Sight {
  readonly organization: RecorderReading;
  readonly groupSight: GroupSight;
}

/** What the last look showed, and when each account was first seen covered. */
export interface Verification extends Sight {
  /** Milliseconds since 1970, by account id. */
  readonly coveredAtMs: ReadonlyMap<string, number>;
  readonly looks: number;
}

/** The organization can be registered a moment before its account group can be seen. */
const LOOKS_FOR_A_GROUP = 2;

/**
 * Looks at the account group, with growing waits, until every account is registered in it, or
 * until waiting can't help or time is up. A look that fails for a passing reason showed nothing
 * new, and the next look is its retry. Read-only, safe to repeat.
 */
export async function verify(
  accountIds: readonly string[],
  before: Sight,
  { ports, poll, deadlineMs, onProgress }: VerifyContext,
): Promise<Verification> {
  const { clock, random } = ports;
  const coveredAtMs = new Map<string, number>();
  const remainingMs = () => deadlineMs - clock.now();

  let sight: Sight = before;
  let serverWaitMs = 0;
  let looks = 0;
  let looksWithoutGroup = 0;
  while (coveredAtMs.size < accountIds.length) {
    if (looksWithoutGroup === LOOKS_FOR_A_GROUP || isDenied(sight.groupSight)) break;
    if (remainingMs() <= poll.baseMs / 2) break;
    // At most half of what is left, so that the last look comes close to the deadline.
    const waitMs = Math.max(serverWaitMs, backoffMs(poll, looks + 1, random));
    await clock.sleep(Math.min(waitMs, remainingMs() / 2));

    const next = await lookOnce(sight, ports, { timeoutMs: callTimeoutMs(remainingMs()) });
    looks += 1;
    sight = next.sight;
    serverWaitMs = next.serverWaitMs;
    looksWithoutGroup = isEnabledWithoutGroup(sight) ? looksWithoutGroup + 1 : 0;
    const covered = newlyCovered(accountIds, sight.groupSight, coveredAtMs);
    for (const accountId of covered) coveredAtMs.set(accountId, clock.now());
    if (covered.length > 0 && coveredAtMs.size < accountIds.length) {
      await onProgress?.(covered, { ...sight, coveredAtMs, looks });
    }
  }
  return { ...sight, coveredAtMs, looks };
}

/** While there is a group, it alone says what is covered; the organization is asked until then. */
async function lookOnce(
  before: Sight,
  ports: Ports,
  options: CallOptions,
): Promise<{ readonly sight: Sight; readonly serverWaitMs: number }> {
  const errors: CloudError[] = [];
  const note = (error: unknown): CloudError => {
    if (!(error instanceof CloudError)) throw error;
    errors.push(error);
    return error;
  };
  const organization =
    before.groupSight.kind === 'seen'
      ? Promise.resolve(before.organization)
      : ports.recorder.describe(options).catch((error) => {
          note(error);
          return before.organization;
        });
  const groupSight = ports.accountGroup.read(options).then(
    (group): GroupSight => (group === undefined ? { kind: 'none' } : { kind: 'seen', group }),
    (error): GroupSight => {
      const sight: GroupSight = { kind: 'unreadable', error: note(error) };
      return isDenied(sight) ? sight : before.groupSight;
    },
  );
  return {
    sight: { organization: await organization, groupSight: await groupSight },
    serverWaitMs: Math.max(0, ...errors.map(({ retryAfterMs }) => retryAfterMs ?? 0)),
  };
}

function isDenied(sight: GroupSight): boolean {
  return sight.kind === 'unreadable' && classify(sight.error) === 'permanent';
}

function isEnabledWithoutGroup({ organization, groupSight }: Sight): boolean {
  return groupSight.kind === 'none' && organization.organizationStatus === 'REGISTERED';
}

function newlyCovered(
  accountIds: readonly string[],
  sight: GroupSight,
  coveredAtMs: ReadonlyMap<string, number>,
): string[] {
  if (sight.kind !== 'seen') return [];
  const { members } = sight.group;
  return accountIds.filter(
    (accountId) =>
      members.get(accountId)?.recorderStatus === 'REGISTERED' && !coveredAtMs.has(accountId),
  );
}
