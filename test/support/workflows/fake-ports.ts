import { CloudError } from '../../../workflows/onboarding/errors.ts';
import type {
  Failure,
  GroupMember,
  GroupReading,
  History,
  OrganizationReading,
} from '../../../workflows/onboarding/model.ts';
import type {
  CallOptions,
  Clock,
  Directory,
  DirectoryAccount,
  LogEntry,
  Ports,
} from '../../../workflows/onboarding/ports.ts';

export const MANAGEMENT_ACCOUNT_ID = '1000000000000001';
export const START_MS = Date.parse('2026-11-20T03:04:05Z');

/** Time passes only while somebody sleeps. */
export interface FakeClock extends Clock {
  readonly sleepsMs: number[];
  advance(durationMs: number): void;
}

export function createFakeClock(startMs = START_MS): FakeClock {
  let nowMs = startMs;
  const sleepsMs: number[] = [];
  return {
    sleepsMs,
    now: () => nowMs,
    sleep: async (durationMs) => {
      sleepsMs.push(durationMs);
      nowMs += durationMs;
    },
    advance: (durationMs) => {
      nowMs += durationMs;
    },
  };
}

export function cloudError(code: string, details: Partial<Omit<Failure, 'code'>> = {}): CloudError {
  return new CloudError({
    operation: 'StartConfigurationRecorder',
    message: `${code} happened.`,
    statusCode: 400,
    requestId: `request-of-${code}`,
    ...details,
    code,
  });
}

/** What a port answers, call after call; the last answer stays. */
type Script<T> = readonly (T | Error)[];

export interface FakeCloud {
  readonly describe?: Script<OrganizationReading>;
  readonly start?: Script<OrganizationReading>;
  readonly group?: Script<GroupReading | undefined>;
  readonly accounts?: readonly DirectoryAccount[];
  readonly directoryOwnerId?: string;
  readonly append?: Script<'stored'>;
  readonly history?: Script<History>;
  readonly batchSize?: number;
  readonly random?: () => number;
}

export interface FakeWorld {
  readonly ports: Ports;
  readonly clock: FakeClock;
  /** Every call to a port, in order. */
  readonly calls: string[];
  readonly timeoutsMs: number[];
  readonly stored: LogEntry[];
  readonly printed: string[];
}

export const NO_HISTORY: History = { openSinceMs: new Map(), startsMs: [] };

/** What a log store has of accounts that are open since then, while enterprise mode is on. */
export function openSince(
  openSinceMs: Readonly<Record<string, number>>,
  rest: Partial<History> = {},
): History {
  return {
    organization: { status: 'REGISTERED', sinceMs: 0 },
    startsMs: [],
    ...rest,
    openSinceMs: new Map(Object.entries(openSinceMs)),
  };
}

/** The ports over memory: every call is answered from its script. */
export function createFakeWorld(cloud: FakeCloud, clock = createFakeClock()): FakeWorld {
  const calls: string[] = [];
  const timeoutsMs: number[] = [];
  const stored: LogEntry[] = [];
  const printed: string[] = [];
  let runs = 0;

  const play = <T>(name: string, script: Script<T>) => {
    let turn = 0;
    return async ({ timeoutMs }: CallOptions): Promise<T> => {
      calls.push(name);
      timeoutsMs.push(timeoutMs);
      const answer = script[Math.min(turn, script.length - 1)];
      turn += 1;
      if (answer instanceof Error) throw answer;
      return answer as T;
    };
  };
  const confirm = play('append', cloud.append ?? ['stored']);
  const readHistory = play('history', cloud.history ?? [NO_HISTORY]);
  const accounts = cloud.accounts ?? [];
  const directory: Directory = {
    pageSize: 100,
    managementAccountId: play('managementAccountId', [
      cloud.directoryOwnerId ?? MANAGEMENT_ACCOUNT_ID,
    ]),
    listAccounts: async (pageNumber, { timeoutMs }) => {
      calls.push(`listAccounts ${pageNumber}`);
      timeoutsMs.push(timeoutMs);
      const first = (pageNumber - 1) * 100;
      return { accounts: accounts.slice(first, first + 100), totalCount: accounts.length };
    },
  };

  const ports: Ports = {
    recorder: {
      describe: play('describe', cloud.describe ?? [{ organizationStatus: 'REGISTERED' }]),
      startEnterpriseMode: play('start', cloud.start ?? [{ organizationStatus: 'BUILDING' }]),
    },
    accountGroup: { read: play('group', cloud.group ?? [undefined]) },
    directory: async () => directory,
    resultLog: {
      batches: (entries) => chunk(entries, cloud.batchSize ?? 100),
      append: async (batch, options) => {
        await confirm(options);
        stored.push(...batch);
      },
    },
    resultHistory: { read: (_sinceMs, options) => readHistory(options) },
    clock,
    random: cloud.random ?? (() => 0.5),
    newRunId: () => {
      runs += 1;
      return `run-${runs}`;
    },
    apiCalls: () => calls.filter((call) => call !== 'append' && call !== 'history').length,
    printLine: (line) => printed.push(line),
  };
  return { ports, clock, calls, timeoutsMs, stored, printed };
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}

export function groupOf(statuses: Readonly<Record<string, string>>): GroupReading {
  return {
    groupId: 'ca-1',
    requestId: 'request-of-group',
    members: new Map(
      Object.entries(statuses).map(([accountId, recorderStatus]): [string, GroupMember] => [
        accountId,
        { recorderStatus, name: `name of ${accountId}` },
      ]),
    ),
  };
}

export function member(
  accountId: string,
  overrides: Partial<DirectoryAccount> = {},
): DirectoryAccount {
  return { accountId, status: 'CreateSuccess', folderIds: ['r-1'], ...overrides };
}
