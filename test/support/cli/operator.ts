import { Command } from '@commander-js/extra-typings';
import type { FunctionLogLine } from '../../../alicloud/log-service/function-logs.ts';
import type { CommandContext } from '../../../cli/command.ts';
import { COMMANDS } from '../../../cli/commands/all.ts';
import { main, type Shell } from '../../../cli/main.ts';
import type { FunctionInvoker, Operator } from '../../../cli/operator.ts';
import { en } from '../../../cli/texts/en.ts';
import { createLogService } from '../../../sandbox/src/services/log-service/index.ts';
import { createWorld } from '../../../sandbox/src/world/world.ts';
import { CloudError } from '../../../workflows/onboarding/errors.ts';
import type { LogEntry } from '../../../workflows/onboarding/ports.ts';
import {
  createFakeWorld,
  type FakeCloud,
  MANAGEMENT_ACCOUNT_ID,
  START_MS,
} from '../workflows/fake-ports.ts';
import { createFakeOutput } from './output.ts';
import { indexResults } from './results-index.ts';

const PROJECT = 'audit';
const LOGSTORE = 'results';

/** What a function answers and does, for each invocation; default: that it is not there. */
export interface FakeFunction {
  invoke?(payload: unknown): unknown;
  start?(payload: unknown, taskId: string): { readonly requestId?: string };
}

/** An operator over memory: the workflow's ports from scripts, the log store of the sandbox. */
export function createFakeOperator(cloud: FakeCloud = {}, deployed: FakeFunction = {}) {
  const world = createFakeWorld(cloud);
  const logs = createWorld({ speed: 0 });
  const service = createLogService({
    world: logs,
    accountId: MANAGEMENT_ACCOUNT_ID,
    visibleAfterMs: 0,
  });
  service.createProject(PROJECT);
  service.createLogstore(PROJECT, LOGSTORE);
  indexResults(service, PROJECT, LOGSTORE);
  const queries: string[] = [];
  const functionNames: string[] = [];
  /** What the next queries reject with. */
  const refusals: Error[] = [];
  /** What the next reads of the functions' logs find, and what each asked for. */
  const printed: (FunctionLogLine[] | Error)[] = [];
  const logReads: object[] = [];
  /** Folders by id, and below which they were asked for; what the next readings reject with. */
  const folders = new Map<string, { readonly name: string; readonly parentId: string }>();
  const folderReads: string[] = [];
  const folderRefusals: Error[] = [];
  const interruption = new AbortController();
  const fake = createFakeOutput();
  let ids = 0;

  const store = (...entries: readonly LogEntry[]) =>
    service.append(
      PROJECT,
      LOGSTORE,
      entries.map((contents) => ({
        timeS: Math.floor(world.clock.now() / 1000),
        source: '',
        topic: '',
        contents,
      })),
    );
  const absent = () =>
    new CloudError({
      operation: 'InvokeFunction',
      code: 'FunctionNotFound',
      message: 'There is none.',
      statusCode: 404,
    });
  const invoker: FunctionInvoker = {
    async invoke(payload) {
      if (deployed.invoke === undefined) throw absent();
      return { answer: deployed.invoke(payload), requestId: 'request-of-plan' };
    },
    async start(payload, taskId) {
      if (deployed.start === undefined) throw absent();
      return deployed.start(payload, taskId);
    },
  };
  const operator: Operator = {
    clock: world.clock,
    random: world.ports.random,
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    region: async () => 'cn-hangzhou',
    managementAccountId: async () => MANAGEMENT_ACCOUNT_ID,
    resultLocation: async () => ({ project: PROJECT, logstore: LOGSTORE }),
    results: async () => ({
      async query({ query, fromS, toS }) {
        queries.push(query);
        const refusal = refusals.shift();
        if (refusal !== undefined) throw refusal;
        const rows = await service.query(PROJECT, LOGSTORE, { query, from: fromS, to: toS });
        return rows.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
        );
      },
    }),
    functionLogs: async () => ({
      async read({ requestId, fromS, toS }) {
        logReads.push({ requestId, fromS, toS });
        const line = printed.shift() ?? [];
        if (line instanceof Error) throw line;
        return line;
      },
    }),
    settings: async () => ({
      verifyForMs: 60_000,
      overdueAfterMs: 86_400_000,
      retry: { baseMs: 1_000, capMs: 30_000 },
      poll: { baseMs: 2_000, capMs: 15_000 },
    }),
    onboarding: async () => ({
      ...world.ports,
      resultLog: {
        ...world.ports.resultLog,
        append: async (batch, options) => {
          await world.ports.resultLog.append(batch, options);
          store(...batch);
        },
      },
    }),
    async invoker(functionName) {
      functionNames.push(functionName);
      return invoker;
    },
    folders: async () => ({
      pageSize: 2,
      async list(parentId, pageNumber) {
        folderReads.push(`${parentId} ${pageNumber}`);
        const refusal = folderRefusals.shift();
        if (refusal !== undefined) throw refusal;
        const below = [...folders].filter(([, folder]) => folder.parentId === parentId);
        return {
          totalCount: below.length,
          folders: below
            .slice(2 * pageNumber - 2, 2 * pageNumber)
            .map(([folderId, { name }]) => ({ folderId, folderName: name })),
        };
      },
    }),
    stack: () => Promise.reject(new Error('Nothing here has a stack.')),
    serviceLinkedRoles: () => Promise.reject(new Error('Nothing here makes roles.')),
    inspection: () => Promise.reject(new Error('Nothing here is deployed.')),
    deploymentSettings: async () => ({ variables: {} }),
    removeLogProject: () => Promise.reject(new Error('Nothing here removes a project.')),
  };
  const context: CommandContext = {
    output: fake.output,
    operator,
    interrupted: interruption.signal,
    confirm: async () => true,
    program: new Command('onboard'),
    texts: en,
    version: '1.2.3',
  };
  const shell: Shell = {
    output: fake.output,
    connect: () => operator,
    interrupted: interruption.signal,
  };
  return {
    ...world,
    ...fake,
    operator,
    context,
    shell,
    interruption,
    queries,
    functionNames,
    refusals,
    printed,
    logReads,
    folders,
    folderReads,
    folderRefusals,
    store,
    /** The command as it is typed. Returns the exit code. */
    onboard: (...args: string[]) => main(args, { commands: COMMANDS, version: '1.2.3' }, shell),
  };
}

/** An account's entry in the log store; `minute` after the start of the fake clock. */
export function storedResult(
  accountId: string,
  outcome: string,
  more: LogEntry = {},
  minute = 0,
): LogEntry {
  const runId = more.run_id ?? `run-at-${minute}`;
  return {
    entry_id: `${runId}/${accountId}`,
    entry_type: 'account',
    run_id: runId,
    trigger: 'schedule',
    time: new Date(START_MS + minute * 60_000).toISOString(),
    account_id: accountId,
    outcome,
    ...more,
  };
}

/** A run's own entry. */
export function storedRunEntry(runId: string, more: LogEntry = {}): LogEntry {
  return {
    entry_id: `${runId}/run`,
    entry_type: 'run',
    run_id: runId,
    trigger: 'manual',
    time: new Date(START_MS).toISOString(),
    outcome: 'succeeded',
    covered: '0',
    already_covered: '0',
    pending: '0',
    overdue: '0',
    failed: '0',
    skipped: '0',
    duration_ms: '1000',
    ...more,
  };
}
