/** Against the sandbox, which checks signatures and really creates what a template says. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Credentials } from '../../../alicloud/credentials.ts';
import { createStack } from '../../../alicloud/resource-orchestration/stack.ts';
import type { StackEvent } from '../../../alicloud/resource-orchestration/stack-events.ts';
import type { Stack } from '../../../cli/operator.ts';
import { retryReads } from '../../../cli/retry-reads.ts';
import {
  ACCOUNT_ID,
  type OrchestrationSandbox,
  startOrchestrationSandbox,
  template,
} from '../../../sandbox/src/testing/orchestration-sandbox.ts';
import { cloudErrorOf } from '../../support/adapters/errors.ts';

const PROJECT_TEMPLATE = readFileSync(
  fileURLToPath(new URL('../../../stack.yaml', import.meta.url)),
  'utf8',
);

let sandbox: OrchestrationSandbox;
let events: StackEvent[];
beforeEach(async () => {
  sandbox = await startOrchestrationSandbox();
  events = [];
});
afterEach(() => sandbox.close());

const onEvent = (event: StackEvent) => events.push(event);

function connect(credentials: Credentials = sandbox.root, stackName = 'onboarding'): Stack {
  const { clock } = sandbox.world;
  const handClock = {
    now: clock.now,
    sleep: async (durationMs: number) => clock.advance(durationMs),
  };
  return createStack({
    endpoint: `http://127.0.0.1:${sandbox.port}`,
    region: 'cn-hangzhou',
    credentials,
    stackName,
    clock: handClock,
    retryReads: retryReads({ baseMs: 1_000, capMs: 30_000 }, handClock, () => 1),
  });
}

const role = (actions: readonly string[]): Credentials => {
  sandbox.world.identities.createRole(ACCOUNT_ID, 'operator', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: [...actions], Resource: '*' }],
  });
  return sandbox.world.identities.assumeRole(`acs:ram::${ACCOUNT_ID}:role/operator`, 3_600_000);
};

const QUEUE = { Type: 'ALIYUN::MNS::Queue', Properties: { QueueName: 'failures' } };
const logProject = (Name: string) => ({ Type: 'ALIYUN::SLS::Project', Properties: { Name } });

describe("the project's own stack", () => {
  it('is created, found to be as it should, updated, and removed', async () => {
    const stack = connect();
    expect(await stack.outputs()).toBeUndefined();

    const plan = await stack.plan(PROJECT_TEMPLATE, {});
    if (plan.kind !== 'create') throw new Error(`A plan to ${plan.kind}.`);
    expect(plan.changes).toContainEqual({
      action: 'Add',
      logicalId: 'Results',
      type: 'ALIYUN::SLS::Logstore',
    });
    await stack.execute(plan, onEvent);
    for (const { logicalId } of plan.changes) {
      expect(events).toContainEqual(
        expect.objectContaining({ logicalId, status: 'CREATE_COMPLETE' }),
      );
    }
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events[0]).toMatchObject({ logicalId: 'onboarding', status: 'CREATE_IN_PROGRESS' });
    expect(events.at(-1)).toMatchObject({ logicalId: 'onboarding', status: 'CREATE_COMPLETE' });
    const project = `account-onboarding-${ACCOUNT_ID}`;
    expect(await stack.outputs()).toMatchObject({ LogProject: project, LogStore: 'results' });

    expect(await stack.plan(PROJECT_TEMPLATE, {})).toMatchObject({ kind: 'nothing' });

    const update = await stack.plan(PROJECT_TEMPLATE, { RetentionDays: '30' });
    expect(update).toMatchObject({
      kind: 'update',
      changes: [{ action: 'Modify', logicalId: 'Results', replacement: 'False' }],
    });
    events = [];
    await stack.execute(update, onEvent);
    expect(events).toContainEqual(
      expect.objectContaining({ logicalId: 'Results', status: 'UPDATE_COMPLETE' }),
    );
    expect(events.filter(({ status }) => status.startsWith('CREATE'))).toEqual([]);

    await stack.remove(onEvent);
    expect(await stack.outputs()).toBeUndefined();
    expect(sandbox.orchestration.stacks().at(-1)?.status).toBe('DELETE_COMPLETE');
  });
});

it('a plan that is discarded leaves nothing', async () => {
  const stack = connect();
  const plan = await stack.plan(template({ Resources: { Queue: QUEUE } }), {});
  await stack.discard(plan);
  await stack.discard(plan);
  expect(sandbox.orchestration.stacks().map(({ status }) => status)).toEqual(['DELETE_COMPLETE']);
});

it('a plan that was forgotten is cleared before the next one', async () => {
  const body = template({ Resources: { Queue: QUEUE } });
  await connect().plan(body, {});
  const stack = connect();
  const clearing = await stack.plan(body, {});
  expect(clearing).toMatchObject({ kind: 'clear', status: 'REVIEW_IN_PROGRESS' });
  expect(await stack.describe()).toEqual({ status: 'REVIEW_IN_PROGRESS', resources: [] });
  expect(await stack.isSetUp()).toBe(false);
  await stack.execute(clearing, onEvent);
  await stack.execute(await stack.plan(body, {}), onEvent);
  expect(await stack.describe()).toEqual({
    status: 'CREATE_COMPLETE',
    resources: [{ logicalId: 'Queue', type: 'ALIYUN::MNS::Queue' }],
  });
});

it('a creation that fails names the resource and why, and can be done again', async () => {
  sandbox.logService.createProject('taken');
  const stack = connect();
  const failing = await stack.plan(
    template({ Resources: { Queue: QUEUE, Project: logProject('taken') } }),
    {},
  );
  await expect(stack.execute(failing, onEvent)).rejects.toMatchObject({
    name: 'StackFailed',
    status: 'CREATE_ROLLBACK_COMPLETE',
    logicalId: 'Project',
    type: 'ALIYUN::SLS::Project',
    message: expect.stringMatching(/exist/i),
  });

  const body = template({ Resources: { Queue: QUEUE, Project: logProject('free') } });
  const clearing = await stack.plan(body, {});
  expect(clearing.kind).toBe('clear');
  expect(await stack.describe()).toMatchObject({ status: 'CREATE_ROLLBACK_COMPLETE' });
  await stack.execute(clearing, onEvent);
  const plan = await stack.plan(body, {});
  expect(plan.kind).toBe('create');
  await stack.execute(plan, onEvent);
});

it('an update that fails is rolled back, and says so', async () => {
  const stack = connect();
  const body = (resources: object) => template({ Resources: { Queue: QUEUE, ...resources } });
  await stack.execute(await stack.plan(body({}), {}), onEvent);
  sandbox.logService.createProject('taken');
  const plan = await stack.plan(body({ Project: logProject('taken') }), {});
  expect(plan).toMatchObject({
    kind: 'update',
    changes: [{ action: 'Add', logicalId: 'Project' }],
  });
  await expect(stack.execute(plan, onEvent)).rejects.toMatchObject({
    name: 'StackFailed',
    status: 'ROLLBACK_COMPLETE',
    logicalId: 'Project',
  });
});

it('remove keeps what the template retains', async () => {
  const stack = connect();
  const project = { ...logProject('audit'), DeletionPolicy: 'Retain' };
  const body = template({ Resources: { Queue: QUEUE, Project: project } });
  await stack.execute(await stack.plan(body, {}), onEvent);
  await stack.remove(onEvent);
  expect(sandbox.messageService.hasQueue('failures')).toBe(false);
  expect(() => sandbox.logService.createProject('audit')).toThrow(/exist/);
});

it('a template that is wrong is refused with the reason', async () => {
  const error = await cloudErrorOf(
    connect().plan(template({ Resources: { Queue: { Type: 'ALIYUN::MNS::Nothing' } } }), {}),
  );
  expect(error).toMatchObject({ operation: 'CreateChangeSet', statusCode: 400 });
  expect(error.message).toContain('ALIYUN::MNS::Nothing');
});

it('a role may with the permissions, and not without', async () => {
  const denied = role(['ros:ListStacks']);
  expect(
    await cloudErrorOf(connect(denied).plan(template({ Resources: { Queue: QUEUE } }), {})),
  ).toMatchObject({
    operation: 'CreateChangeSet',
    statusCode: 403,
  });
  const allowed = role(['ros:*']);
  const plan = await connect(allowed).plan(template({ Resources: { Queue: QUEUE } }), {});
  expect(plan.kind).toBe('create');
});
