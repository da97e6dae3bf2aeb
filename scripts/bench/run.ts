import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSandbox } from '../../sandbox/src/index.ts';
import type { RunSummary } from '../../workflows/onboarding/summary.ts';
import { createStackIn } from '../deploy-to-sandbox.ts';

/** One run of `backfill`, in a process of its own, against the sandbox with its quotas on. */
export interface RunFigures {
  readonly members: number;
  /** To Config and Resource Manager, as the sandbox counted them. */
  readonly apiCalls: number;
  /** Looks at the account group after the first, one call each: how many is up to chance. */
  readonly furtherLooks: number;
  readonly starts: number;
  readonly logWrites: number;
  readonly entries: number;
  readonly durationMs: number;
  readonly peakMemoryMb: number;
}

export interface RunScenario {
  readonly members: number;
  /** Whether enterprise mode is on and everybody covered. */
  readonly organization: 'off' | 'on';
  /** The function's input. */
  readonly event: unknown;
}

const MEMORY_LIMIT_MB = 512;
const BUILD_MS = 500;
const ENVIRONMENT = {
  RETRY_BASE_SECONDS: '0.1',
  RETRY_CAP_SECONDS: '1',
  POLL_BASE_SECONDS: '1',
  POLL_CAP_SECONDS: '1',
};

/** Throws when not every member is covered in the end. */
export async function measureRun(root: string, scenario: RunScenario): Promise<RunFigures> {
  const { members, organization, event } = scenario;
  const sandbox = await createSandbox({
    members,
    // A new logstore that refuses writes for a minute is not what is measured.
    logsVisibleAfterMs: 0,
    config: {
      organization,
      organizationBuildMs: BUILD_MS,
      memberBuildMs: BUILD_MS,
      groupCreateMs: 0,
      joinDelayMs: 0,
    },
  });
  try {
    const { logProject, logStore } = await createStackIn(sandbox);
    const role = `acs:ram::${sandbox.managementAccountId}:role/account-onboarding`;
    const context = {
      requestId: 'bench',
      accountId: sandbox.managementAccountId,
      region: sandbox.region,
      credentials: sandbox.world.identities.assumeRole(role, 3_600_000),
      function: { timeout: 780 },
    };
    const { answer, durationMs, peakMemoryKb } = await runHandler(root, event, context, {
      ...ENVIRONMENT,
      LOG_PROJECT: logProject,
      LOG_STORE: logStore,
      CONFIG_ENDPOINT: sandbox.endpoint,
      RESOURCE_MANAGER_ENDPOINT: sandbox.endpoint,
      LOG_ENDPOINT: sandbox.endpoint,
    });
    const { covered, alreadyCovered } = answer.accounts;
    if (covered + alreadyCovered !== members) {
      throw new Error(`Of ${members} members not all are covered: ${JSON.stringify(answer)}`);
    }
    const count = (operation: string) => sandbox.journal.count('config', operation);
    // The group is listed once before it exists and once when it is found; other looks read it.
    const looks = count('GetAggregator') + count('ListAggregators') - 2;
    const furtherLooks = Math.max(0, looks - 1);
    return {
      members,
      apiCalls: sandbox.journal.count('config') + sandbox.journal.count('resource-manager'),
      furtherLooks,
      starts: count('StartConfigurationRecorder'),
      logWrites: sandbox.journal.count('log-service', 'PutLogs'),
      entries: sandbox.logService.entries(logProject, logStore).length,
      durationMs,
      peakMemoryMb: peakMemoryKb / 1024,
    };
  } finally {
    await sandbox.close();
  }
}

async function runHandler(
  root: string,
  event: unknown,
  context: unknown,
  environment: Readonly<Record<string, string>>,
): Promise<{ answer: RunSummary; durationMs: number; peakMemoryKb: number }> {
  const running = promisify(execFile)(
    process.execPath,
    [
      `--max-old-space-size=${MEMORY_LIMIT_MB}`,
      join(root, 'scripts/bench/run-handler.cjs'),
      join(root, 'dist/backfill/index.js'),
      JSON.stringify(event),
    ],
    { maxBuffer: 16 * 1024 * 1024, env: environment },
  );
  running.child.stdin?.end(JSON.stringify(context));
  const { stdout } = await running;
  return JSON.parse(stdout);
}
