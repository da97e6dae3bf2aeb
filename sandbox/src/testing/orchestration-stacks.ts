import { expect } from 'vitest';
import { eachTest } from './each-test.ts';
import {
  type OrchestrationSandbox,
  RESOURCE_MS,
  startOrchestrationSandbox,
  template,
} from './orchestration-sandbox.ts';

export const code = (expected: string, message?: string) =>
  expect.objectContaining({
    code: expected,
    ...(message !== undefined && { message: expect.stringContaining(message) }),
  });

export const PROJECT = {
  Type: 'ALIYUN::SLS::Project',
  Properties: { Name: 'audit', Description: 'a' },
};

export const STORE = {
  Type: 'ALIYUN::SLS::Logstore',
  Properties: {
    ProjectName: { 'Fn::GetAtt': ['Project', 'Name'] },
    LogstoreName: 'results',
    TTL: { Ref: 'Days' },
    ShardCount: 1,
  },
};

export const QUEUE = { Type: 'ALIYUN::MNS::Queue', Properties: { QueueName: 'failures' } };
export const PARAMETERS = { Days: { Type: 'Number', Default: 30, MinValue: 1, MaxValue: 3600 } };
export const OUTPUTS = { Project: { Value: { 'Fn::GetAtt': ['Project', 'Name'] } } };

/** The store is written before the project that it needs. */
export const BODY = template({
  Parameters: PARAMETERS,
  Resources: { Store: STORE, Project: PROJECT },
  Outputs: OUTPUTS,
});

/** A sandbox for each test, and what is done with stacks in it, through the official SDK. */
export function eachTestWithChangeSets() {
  const sandbox = eachTest(startOrchestrationSandbox);
  /** A change set that was executed keeps its name. */
  let planned = 0;

  function pass(resources = 1) {
    sandbox.world.clock.advance(RESOURCE_MS * resources);
  }

  async function plan(
    wanted: Parameters<ReturnType<OrchestrationSandbox['ros']>['createChangeSet']>[0],
  ) {
    planned += 1;
    const changeSet = await sandbox
      .ros()
      .createChangeSet({ changeSetName: `plan-${planned}`, templateBody: BODY, ...wanted });
    pass();
    return changeSet;
  }

  async function execute(changeSetId: string) {
    await sandbox.ros().executeChangeSet(changeSetId);
    pass(20);
  }

  async function create(templateBody = BODY) {
    const { changeSetId, stackId } = await plan({
      changeSetType: 'CREATE',
      stackName: 'onboarding',
      templateBody,
    });
    await execute(changeSetId);
    return stackId;
  }

  async function update(stackId: string, templateBody: string, parameters = {}) {
    const changeSet = await plan({ stackId, templateBody, parameters });
    await execute(changeSet.changeSetId);
    return changeSet;
  }

  async function events(stackId: string) {
    const found = (await sandbox.ros().listStackEvents(stackId))?.events ?? [];
    return found
      .toReversed()
      .map(({ logicalResourceId, status }) => `${logicalResourceId} ${status}`);
  }

  return { sandbox, pass, plan, execute, create, update, events };
}
