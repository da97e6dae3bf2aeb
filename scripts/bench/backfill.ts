import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSandbox } from '../../sandbox/index.ts';
import { createStackIn } from '../deploy-to-sandbox.ts';

/** One backfill of a directory in which enterprise mode is off, in a process of its own. */
export interface BackfillFigures {
  readonly members: number;
  /** To Config and Resource Manager, as the sandbox counted them. */
  readonly apiCalls: number;
  /** ⌈members/100⌉ + 8, and one for each look after the first. */
  readonly allowedCalls: number;
  readonly starts: number;
  readonly logWrites: number;
  readonly durationMs: number;
  readonly peakMemoryMb: number;
}

const MEMORY_LIMIT_MB = 512;
const BUILD_MS = 500;
const ENVIRONMENT = {
  RETRY_BASE_SECONDS: '0.1',
  RETRY_CAP_SECONDS: '1',
  POLL_BASE_SECONDS: '1',
  POLL_CAP_SECONDS: '1',
};

/** With the sandbox's quotas on. Throws when not every member is covered and recorded in the end. */
export async function measureBackfill(root: string, members: number): Promise<BackfillFigures> {
  const sandbox = await createSandbox({
    members,
    config: {
      organization: 'off',
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
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        `--max-old-space-size=${MEMORY_LIMIT_MB}`,
        join(root, 'scripts/bench/run-handler.cjs'),
        join(root, 'dist/backfill/index.js'),
        '{}',
        JSON.stringify(context),
      ],
      {
        maxBuffer: 16 * 1024 * 1024,
        env: {
          ...ENVIRONMENT,
          LOG_PROJECT: logProject,
          LOG_STORE: logStore,
          CONFIG_ENDPOINT: sandbox.endpoint,
          RESOURCE_MANAGER_ENDPOINT: sandbox.endpoint,
          LOG_ENDPOINT: sandbox.endpoint,
        },
      },
    );
    const { answer, durationMs, peakMemoryKb } = JSON.parse(stdout);
    const recorded = sandbox.logService.entries(logProject, logStore).length;
    if (answer.accounts.covered !== members || recorded !== members + 1) {
      throw new Error(`Of ${members} members not all are covered and recorded: ${stdout}`);
    }
    const calls = sandbox.journal.entries();
    const count = (service: string) => calls.filter((call) => call.service === service).length;
    // The first look lists no group yet; the one that finds it lists and reads it.
    const looks =
      sandbox.journal.count('config', 'GetAggregator') +
      sandbox.journal.count('config', 'ListAggregators') -
      2;
    return {
      members,
      apiCalls: count('config') + count('resource-manager'),
      allowedCalls: Math.ceil(members / 100) + 8 + (looks - 1),
      starts: sandbox.journal.count('config', 'StartConfigurationRecorder'),
      logWrites: sandbox.journal.count('log-service', 'PutLogs'),
      durationMs,
      peakMemoryMb: peakMemoryKb / 1024,
    };
  } finally {
    await sandbox.close();
  }
}
