/**
 * Each operation of a first deployment refused: what comes before it is there, it is named, and the
 * very next deployment goes on from there, to the end.
 */
import { ListTriggersRequest } from '@alicloud/fc20230330';
import { expect, test } from 'vitest';
import { createDirectoryUser } from '../../sandbox/src/testing/directory-user.ts';
import { fc3Client } from '../../sandbox/src/testing/function-clients.ts';
import { type Operation, REFUSALS, refuse } from '../support/deploy/refusals.ts';
import { type DeployWorld, startDeployWorld } from '../support/deploy/world.ts';

const TIMEOUT_MS = 240_000;
/** Of s.yaml. */
const SCHEDULE_SECONDS = 300;

const FOUNDATIONS = 'stack account-onboarding';
const GUARANTEE = [FOUNDATIONS, 'backfill', 'schedule'];
const FUNCTIONS = [...GUARANTEE, 'onboard-account'];
const ALL = [FOUNDATIONS, 'stack account-onboarding-events', ...FUNCTIONS.slice(1)];

interface Row {
  readonly at: Operation;
  /** Which call of it; default: all. */
  readonly nth?: number;
  /** Default: all, or of one call those that are not tried again. */
  readonly refusals?: readonly (typeof REFUSALS)[number][];
  /** What names it: the operation, or the resource of a stack that it was for. */
  readonly named?: string;
  /** What is there all the same. */
  readonly there: readonly string[];
}

/** In the order in which a first deployment asks. */
const ROWS: readonly Row[] = [
  { at: { service: 'resource-orchestration', operation: 'CreateChangeSet' }, there: [] },
  { at: { service: 'resource-orchestration', operation: 'GetChangeSet' }, there: [] },
  { at: { service: 'resource-orchestration', operation: 'DeleteChangeSet' }, there: [] },
  // An empty stack stays, under review.
  { at: { service: 'resource-orchestration', operation: 'DeleteStack' }, there: [] },
  { at: { service: 'resource-manager', operation: 'CreateServiceLinkedRole' }, there: [] },
  { at: { service: 'resource-orchestration', operation: 'ExecuteChangeSet' }, there: [] },
  {
    at: { service: 'log-service', operation: 'CreateProject' },
    named: 'LogProject (ALIYUN::SLS::Project) failed',
    there: [],
  },
  // What was made of the log store of results is kept: the next stack goes on with it.
  {
    at: { service: 'log-service', operation: 'CreateLogStore' },
    named: '(ALIYUN::SLS::Logstore) failed',
    there: [],
  },
  {
    at: { service: 'log-service', operation: 'CreateIndex' },
    named: '(ALIYUN::SLS::Index) failed',
    there: [],
  },
  { at: { service: 'function-compute', operation: 'GetTempBucketToken' }, there: [FOUNDATIONS] },
  { at: { service: 'object-storage', operation: 'PutObject' }, there: [FOUNDATIONS] },
  { at: { service: 'function-compute', operation: 'CreateFunction' }, there: [FOUNDATIONS] },
  {
    at: { service: 'function-compute', operation: 'CreateTrigger' },
    there: [FOUNDATIONS, 'backfill'],
  },
  { at: { service: 'function-compute', operation: 'PutAsyncInvokeConfig' }, there: GUARANTEE },
  { at: { service: 'function-compute', operation: 'PutConcurrencyConfig' }, there: GUARANTEE },
  // Of the function that comes second; only the first deployment asks twice.
  {
    at: { service: 'function-compute', operation: 'CreateFunction' },
    nth: 2,
    refusals: REFUSALS.slice(0, 1),
    there: GUARANTEE,
  },
  {
    at: { service: 'function-compute', operation: 'PutAsyncInvokeConfig' },
    nth: 2,
    there: FUNCTIONS,
  },
  {
    at: { service: 'function-compute', operation: 'PutConcurrencyConfig' },
    nth: 2,
    there: FUNCTIONS,
  },
  {
    at: { service: 'event-bridge', operation: 'CreateRule' },
    named: 'AccountEvents (ALIYUN::EventBridge::Rule) failed',
    there: FUNCTIONS,
  },
];

async function whatIsThere({ sandbox }: DeployWorld): Promise<string[]> {
  const stacks = sandbox.resourceOrchestration
    .stacks()
    .filter(({ status }) => status === 'CREATE_COMPLETE')
    .map(({ name }) => `stack ${name}`);
  const { region, endpoint, managementAccountId: accountId, credentials } = sandbox;
  const { sdk } = fc3Client({ region, endpoint, accountId }, credentials);
  const functions = sandbox.functionCompute.functionNames().map(async (name) => {
    const { body } = await sdk.listTriggers(name, new ListTriggersRequest({}));
    return [name, ...(body?.triggers ?? []).map(({ triggerName }) => String(triggerName))];
  });
  return [...stacks, ...(await Promise.all(functions)).flat()];
}

/** Two rows may be about one operation. */
const TITLED = ROWS.map((row) => {
  const { at, nth } = row;
  return { ...row, title: nth === undefined ? at.operation : `${at.operation}, call ${nth}` };
});

test.each(TITLED)(
  '$title',
  { timeout: TIMEOUT_MS },
  async ({
    at,
    nth,
    refusals = nth === undefined ? REFUSALS : REFUSALS.slice(0, 2),
    named = at.operation,
    there,
  }) => {
    const world = await startDeployWorld();
    for (const refusal of refusals) {
      refuse(world, at, refusal, nth);
      const { code, text } = await world.deploy();
      world.sandbox.faults.clear();
      const { status } = refusal;
      expect({ status, code, there: await whatIsThere(world) }).toEqual({ status, code: 1, there });
      expect(text).toContain(named);
      expect(text).toContain(refusal.message);
    }
    const next = await world.deploy();
    expect(next).toMatchObject({ code: 0 });
    expect((await whatIsThere(world)).toSorted()).toEqual(ALL.toSorted());
  },
);

test.each([
  ['cloud-flow', 'CloudFlow'],
  ['event-bridge', 'EventBridge'],
  ['function-compute', 'Function Compute'],
  ['log-service', 'Log Service'],
  ['message-service', 'Simple Message Queue'],
  ['resource-orchestration', 'Resource Orchestration'],
] as const)(
  '%s was never activated: it is said before anything is changed',
  async (service, title) => {
    const world = await startDeployWorld({ notActivated: [service] });
    const { code, text } = await world.deploy();
    expect(code).toBe(1);
    expect(text).toContain('The deployment is blocked, and nothing was changed:');
    expect(text).toContain(`${title}: not activated`);
    expect(text).toContain(`Activate ${title} in its console.`);
    expect(world.sandbox.resourceOrchestration.stacks()).toEqual([]);
    expect(world.sandbox.functionCompute.functionNames()).toEqual([]);
    world.sandbox.world.activation.set(service, true);
    expect(await world.deploy()).toMatchObject({ code: 0 });
  },
);

test('the event rule is refused: the schedule covers a new account within its interval', {
  timeout: TIMEOUT_MS,
}, async () => {
  const world = await startDeployWorld({
    code: 'built',
    config: { memberBuildMs: 1_000, joinDelayMs: 1_000 },
  });
  const { sandbox, clock } = world;
  sandbox.faults.add({
    service: 'event-bridge',
    operation: 'CreateRule',
    effect: { kind: 'error', code: 'AccessDeniedForInternalRegion', status: 403 },
    when: { always: true },
  });
  const { code, text } = await world.deploy();
  expect(code).toBe(1);
  expect(text).toContain('AccessDeniedForInternalRegion');
  expect(text).toContain('The schedule is in place');
  expect(text).toContain('The event path is missing');

  const entries = () =>
    sandbox.logService
      .entries(`account-onboarding-${sandbox.managementAccountId}`, 'results')
      .map(({ contents }) => contents);
  const passInterval = async () => {
    for (let second = 0; second < SCHEDULE_SECONDS; second += 1) {
      await clock.sleep(1_000);
      await sandbox.functionCompute.idle();
    }
  };
  // Its first runs turn enterprise mode on.
  while (!entries().some(({ organization_status }) => organization_status === 'REGISTERED')) {
    await passInterval();
  }
  const coveredBefore = coveredBy(entries().at(-1));
  await createDirectoryUser(sandbox).createAccount('payments');
  await passInterval();
  const last = entries().at(-1);
  expect(last).toMatchObject({ entry_type: 'run', trigger: 'schedule', outcome: 'succeeded' });
  expect(coveredBy(last)).toBe(coveredBefore + 1);
  expect(entries().filter(({ trigger }) => trigger === 'event')).toEqual([]);
});

/** Accounts that a run found covered. */
function coveredBy(run: Readonly<Record<string, string>> | undefined): number {
  return Number(run?.covered) + Number(run?.already_covered);
}
