/**
 * Each operation refused that an upgrade, a removal or a look takes: it is named, the exit code is
 * not 0, what was there stays, and the very next attempt goes on to the end.
 */
import { expect, test, vi } from 'vitest';
import { makeOlder } from '../support/deploy/older-version.ts';
import { type Operation, REFUSALS, refuse } from '../support/deploy/refusals.ts';
import { type DeployWorld, type Done, startDeployWorld } from '../support/deploy/world.ts';

const TIMEOUT_MS = 240_000;
const FUNCTIONS = ['backfill', 'onboard-account'];

interface Row {
  readonly at: Operation;
  /** What names it: the operation, or the resource of a stack that it was for. */
  readonly named?: string;
}

/** A plan is named by its time, and one that is being made can't be deleted. */
const pass = ({ clock }: DeployWorld) => clock.sleep(1_000);

type Run = () => Promise<Done>;

async function runRefused(
  world: DeployWorld,
  { at, named = at.operation }: Row,
  refusal: (typeof REFUSALS)[number],
  run: Run,
): Promise<void> {
  await pass(world);
  refuse(world, at, refusal);
  const { code, text } = await run();
  world.sandbox.faults.clear();
  const what = `${at.operation}, ${refusal.status}`;
  expect({ what, code }).toEqual({ what, code: 1 });
  expect(text).toContain(named);
  expect(text).toContain(refusal.message);
}

/** Refused in every way, then once more and not refused. */
async function refuseThenAllow(world: DeployWorld, row: Row, run: Run): Promise<Done> {
  for (const refusal of REFUSALS) await runRefused(world, row, refusal, run);
  const { at } = row;
  await pass(world);
  const next = await run();
  expect({ at: at.operation, ...next }).toMatchObject({ at: at.operation, code: 0 });
  return next;
}

const functionNames = ({ sandbox }: DeployWorld) => sandbox.functionCompute.functionNames();

const CHANGES: readonly Row[] = [
  { at: { service: 'resource-orchestration', operation: 'CreateChangeSet' } },
  { at: { service: 'resource-orchestration', operation: 'GetChangeSet' } },
  { at: { service: 'resource-orchestration', operation: 'DeleteChangeSet' } },
  { at: { service: 'resource-orchestration', operation: 'ExecuteChangeSet' } },
  {
    at: { service: 'log-service', operation: 'UpdateLogStore' },
    named: 'FunctionLogs (ALIYUN::SLS::Logstore) failed',
  },
  {
    at: { service: 'log-service', operation: 'UpdateIndex' },
    named: 'FunctionLogsIndex (ALIYUN::SLS::Index) failed',
  },
];

test('an upgrade of the stacks', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  expect(await world.deploy()).toMatchObject({ code: 0 });
  for (const row of CHANGES) {
    await makeOlder(world);
    const { text } = await refuseThenAllow(world, row, world.deploy);
    expect(text).toContain('The event path is in place');
    expect(functionNames(world)).toEqual(FUNCTIONS);
  }
});

test('an upgrade of the event rule', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  expect(await world.deploy()).toMatchObject({ code: 0 });
  const row: Row = {
    at: { service: 'event-bridge', operation: 'UpdateRule' },
    named: 'AccountEvents (ALIYUN::EventBridge::Rule) failed',
  };
  for (const refusal of REFUSALS) {
    await makeOlder(world);
    await runRefused(world, row, refusal, world.deploy);
    // A stack that has failed is made anew: the rule is all that it holds.
    const next = await world.deploy();
    expect(next).toMatchObject({
      code: 0,
      text: expect.stringContaining('or the stack has failed'),
    });
  }
});

test('an upgrade of the functions', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  expect(await world.deploy()).toMatchObject({ code: 0 });
  for (const [operation, seconds] of [
    ['UpdateFunction', '7200'],
    ['UpdateTrigger', ''],
  ] as const) {
    vi.stubEnv('OVERDUE_AFTER_SECONDS', seconds);
    const at = { service: 'function-compute', operation } as const;
    const { text } = await refuseThenAllow(world, { at }, world.deploy);
    expect(text).toContain('Foundations: as this version has them.');
    expect(functionNames(world)).toEqual(FUNCTIONS);
  }
});

const REMOVALS: readonly Row[] = [
  { at: { service: 'resource-orchestration', operation: 'DeleteStack' } },
  {
    at: { service: 'event-bridge', operation: 'DeleteRule' },
    named: 'Still there: the event rule account-onboarding.',
  },
  { at: { service: 'function-compute', operation: 'DeleteFunction' } },
];

test('a removal', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  for (const row of REMOVALS) {
    expect(await world.deploy()).toMatchObject({ code: 0 });
    await refuseThenAllow(world, row, world.remove);
    expect(functionNames(world)).toEqual([]);
    expect(world.sandbox.eventRules.list()).toEqual([]);
  }
});

test('a removal of what goes with the functions', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  for (const operation of [
    'ListTriggers',
    'DeleteTrigger',
    'DeleteAsyncInvokeConfig',
    'DeleteConcurrencyConfig',
  ] as const) {
    expect(await world.deploy()).toMatchObject({ code: 0 });
    refuse(world, { service: 'function-compute', operation }, REFUSALS[0]);
    const { code, text } = await world.remove();
    world.sandbox.faults.clear();
    expect({ operation, code }).toEqual({ operation, code: 0 });
    expect(text).toContain('Checked: the event rule, the functions and the schedule are gone.');
    expect(functionNames(world)).toEqual([]);
  }
});

const STACK_REMOVALS: readonly Row[] = [
  { at: { service: 'resource-orchestration', operation: 'DeleteStack' } },
  { at: { service: 'log-service', operation: 'DeleteIndex' }, named: 'FunctionLogsIndex' },
  { at: { service: 'log-service', operation: 'DeleteLogStore' }, named: 'FunctionLogs' },
];

test('a removal of what the functions stand on', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  const setup = () => world.onboard('setup');
  const remove = () => world.onboard('setup', '--remove');
  for (const row of STACK_REMOVALS) {
    expect(await setup()).toMatchObject({ code: 0 });
    await refuseThenAllow(world, row, remove);
  }
});

test('a deployment over what a removal or a roll-back that was refused left', {
  timeout: TIMEOUT_MS,
}, async () => {
  const world = await startDeployWorld();
  refuse(world, { service: 'log-service', operation: 'CreateIndex' }, REFUSALS[0]);
  refuse(world, { service: 'log-service', operation: 'DeleteLogStore' }, REFUSALS[0]);
  expect(await world.deploy()).toMatchObject({
    code: 1,
    text: expect.stringContaining('CREATE_ROLLBACK_FAILED'),
  });
  world.sandbox.faults.clear();
  expect(await world.deploy()).toMatchObject({ code: 0 });

  refuse(world, { service: 'log-service', operation: 'DeleteLogStore' }, REFUSALS[0]);
  expect(await world.onboard('setup', '--remove')).toMatchObject({ code: 1 });
  world.sandbox.faults.clear();
  const next = await world.deploy();
  expect(next).toMatchObject({ code: 0, text: expect.stringContaining('DELETE_FAILED') });
});

const LOOKS: readonly Operation[] = [
  { service: 'access-management', operation: 'GetRole' },
  { service: 'access-management', operation: 'ListPoliciesForRole' },
  { service: 'access-management', operation: 'GetPolicy' },
  { service: 'cloud-flow', operation: 'DescribeFlow' },
  { service: 'config', operation: 'DescribeConfigurationRecorder' },
  { service: 'event-bridge', operation: 'GetRule' },
  { service: 'function-compute', operation: 'GetAsyncInvokeConfig' },
  { service: 'function-compute', operation: 'GetConcurrencyConfig' },
  { service: 'function-compute', operation: 'GetFunction' },
  { service: 'function-compute', operation: 'GetFunctionCode' },
  { service: 'function-compute', operation: 'GetTrigger' },
  { service: 'log-service', operation: 'GetDashboard' },
  { service: 'log-service', operation: 'GetIndex' },
  { service: 'log-service', operation: 'GetLogStore' },
  { service: 'log-service', operation: 'GetProject' },
  { service: 'log-service', operation: 'ListAlerts' },
  { service: 'message-service', operation: 'GetQueueAttributes' },
  { service: 'resource-manager', operation: 'GetResourceDirectory' },
  { service: 'resource-orchestration', operation: 'GetStack' },
  { service: 'resource-orchestration', operation: 'GetTemplate' },
  { service: 'resource-orchestration', operation: 'ListStacks' },
];

test('a look', { timeout: TIMEOUT_MS }, async () => {
  const world = await startDeployWorld();
  expect(await world.deploy()).toMatchObject({ code: 0 });
  const before = world.sandbox.journal.entries().at(-1)?.number ?? 0;
  for (const at of LOOKS) {
    for (const refusal of REFUSALS) await runRefused(world, { at }, refusal, world.deploy);
  }
  expect(await world.deploy()).toMatchObject({ code: 0 });
  const changes = world.sandbox.journal
    .entries()
    .filter(
      ({ number, operation }) => number > before && /^(Create|Update|Delete)/.test(operation),
    );
  expect(changes).toEqual([]);
});
