import { join } from 'node:path';
import { runOnboard } from '../../cli/run-onboard.ts';
import { renderServerlessDevs } from '../../sandbox/src/deployment/render-serverless-devs.ts';
import { createSandbox, type Sandbox } from '../../sandbox/src/index.ts';
import { createDirectoryUser } from '../../sandbox/src/testing/directory-user.ts';
import { startInstanceInProcess } from '../../test/support/functions/instance-in-process.ts';
import {
  createEventRuleIn,
  createStackIn,
  FUNCTION_ENVIRONMENT,
  operatorEnvironmentFor,
  PROJECT_ROOT,
} from '../deploy-to-sandbox.ts';
import { type MovedTime, moveTime } from './moved-time.ts';

const HOUR_MS = 3_600_000;
const DAYS = 60;
/** Four looks a day instead of 288, so that two months take a few minutes. */
const LOOK_EVERY_HOURS = 6;
/** How fast time goes while functions run. */
const SPEED = 60;
const HURRIED = {
  RETRY_BASE_SECONDS: '0.5',
  RETRY_CAP_SECONDS: '1.5',
  POLL_BASE_SECONDS: '0.1',
  POLL_CAP_SECONDS: '0.3',
};

const TEAMS = ['payments', 'ledger', 'search', 'risk', 'identity', 'logistics', '数据平台'];
const STAGES = ['prod', 'staging', 'dev', 'sandbox'];
const MEMBERS_AT_FIRST = TEAMS.flatMap((team) =>
  STAGES.map((stage) => ({ displayName: `${team}-${stage}`, folder: team })),
);

/** Somebody joins at a look, counted in days. */
interface Joining {
  readonly day: number;
  readonly name: string;
  /** How the first starts for it are answered. */
  readonly injected?: 'ProcessIsRunning' | 'ServiceUnavailable' | 'CreateSLRFail';
  /** Its recorder never gets ready. */
  readonly isStuck?: true;
}
const JOINING: readonly Joining[] = [
  { day: 3.25, name: 'billing-prod' },
  { day: 5.5, name: 'billing-staging', injected: 'ProcessIsRunning' },
  { day: 11.25, name: 'search-canary' },
  { day: 18.5, name: 'risk-models', injected: 'ServiceUnavailable' },
  { day: 22.25, name: 'audit-prod' },
  { day: 27.5, name: 'loans-dev', injected: 'CreateSLRFail' },
  { day: 31.25, name: 'loans-prod' },
  { day: 36.5, name: 'partners-prod', injected: 'ProcessIsRunning' },
  { day: 43.25, name: 'archive-prod' },
  { day: 50.5, name: 'mobile-staging', injected: 'ServiceUnavailable' },
  { day: 55.25, name: 'mobile-prod' },
  { day: 57.5, name: 'fraud-dev', isStuck: true },
  { day: 59.5, name: 'fraud-staging', isStuck: true },
  { day: 59.75, name: 'fraud-prod' },
];
/** When the functions may not start the recorder. */
const FORBIDDEN = [
  { from: 31, until: 32.25 },
  { from: 59.75, until: DAYS },
];
/** The schedule is disabled, and nobody looks. */
const UNSCHEDULED = { from: 39, until: 41 };

/**
 * Two months of a directory, in the sandbox and on a clock that is moved, and then `onboard report` of
 * them. The functions are ours, run in this process; what goes wrong is injected. Writes the page.
 */
export async function reportOfTwoMonths(file: string): Promise<void> {
  // A day more than is lived through, which passes while functions run.
  const time = moveTime(Date.now() - (DAYS + 1) * 24 * HOUR_MS);
  const sandbox = await startSandbox();
  const setSpeed = (speed: number) => {
    time.setSpeed(speed);
    sandbox.world.clock.setSpeed(speed);
  };
  try {
    setSpeed(SPEED);
    for (let day = 0; day < DAYS; day += LOOK_EVERY_HOURS / 24) await look(day, sandbox, time);
    setSpeed(1);
    await writeReport(sandbox, file);
  } finally {
    await sandbox.close();
    time.end();
  }
}

async function startSandbox(): Promise<Sandbox> {
  const sandbox = await createSandbox({
    members: MEMBERS_AT_FIRST,
    // Who joins is not in the group before a run starts the recorder again.
    config: { organization: 'off', joinDelayMs: 12 * HOUR_MS },
    logsVisibleAfterMs: 0,
    functionEnvironment: FUNCTION_ENVIRONMENT,
    startInstance: startInstanceInProcess,
  });
  await createStackIn(sandbox);
  const rendered = await renderServerlessDevs({
    file: join(PROJECT_ROOT, 's.yaml'),
    env: { MANAGEMENT_ACCOUNT_ID: sandbox.managementAccountId },
  });
  await sandbox.deploy({
    rendered: withoutTriggers(rendered),
    baseDir: PROJECT_ROOT,
    environment: HURRIED,
  });
  await createEventRuleIn(sandbox);
  return sandbox;
}

async function look(day: number, sandbox: Sandbox, time: MovedTime): Promise<void> {
  sandbox.faults.clear();
  if (isWithin(day, ...FORBIDDEN)) failStarts(sandbox, 'NoPermission', { always: true });
  if (day === 0) failStarts(sandbox, 'ProcessIsRunning', { first: 4 });
  // Every week a person looks at all accounts.
  if (day % 7 === 0) await backfill(sandbox, {});
  for (const { name, injected, isStuck } of JOINING.filter((joining) => joining.day === day)) {
    if (injected !== undefined) failStarts(sandbox, injected, { first: 2 });
    const accountId = await createDirectoryUser(sandbox).createAccount(name);
    if (isStuck) sandbox.config.holdAt(accountId, 'BUILDING');
    await sandbox.settled();
  }
  if (!isWithin(day, UNSCHEDULED)) {
    const triggerTime = new Date().toISOString();
    const payload = '{"verifyForSeconds":0}';
    await backfill(sandbox, { triggerTime, triggerName: 'schedule', payload });
  }
  time.advance(LOOK_EVERY_HOURS * HOUR_MS);
  sandbox.world.clock.advance(LOOK_EVERY_HOURS * HOUR_MS);
}

function failStarts(
  sandbox: Sandbox,
  code: NonNullable<Joining['injected']> | 'NoPermission',
  when: { readonly first: number } | { readonly always: true },
): void {
  sandbox.faults.add({
    service: 'config',
    operation: 'StartConfigurationRecorder',
    when,
    effect: { kind: 'error', code },
  });
}

function isWithin(day: number, ...spans: { from: number; until: number }[]): boolean {
  return spans.some(({ from, until }) => day >= from && day < until);
}

async function backfill(sandbox: Sandbox, event: unknown): Promise<void> {
  await sandbox.functionCompute.invoke('backfill', JSON.stringify(event));
}

async function writeReport(sandbox: Sandbox, file: string): Promise<void> {
  let said = '';
  const write = (text: string) => {
    said += text;
  };
  const code = await runOnboard(['report', '--out', file, '--days', String(DAYS + 1)], {
    stdout: { write },
    stderr: { write },
    colors: false,
    environment: operatorEnvironmentFor(sandbox),
    interrupted: new AbortController().signal,
    version: '0.1.0',
  });
  // 2: some account failed, as it should; 1: there is no page.
  if (code !== 2) throw new Error(said);
}

interface Rendered {
  readonly resources: Readonly<Record<string, { readonly props: { triggers?: unknown[] } }>>;
}

/** The schedule is called by its hour here. */
function withoutTriggers(rendered: unknown): unknown {
  const copy = structuredClone(rendered) as Rendered;
  for (const { props } of Object.values(copy.resources)) props.triggers = [];
  return copy;
}
