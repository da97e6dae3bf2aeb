import { GetFunctionRequest, ListFunctionsRequest } from '@alicloud/fc20230330';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import * as resourceManagerModule from '@alicloud/resourcemanager20200331';
import {
  CreateServiceLinkedRoleRequest,
  ListAccountsRequest,
} from '@alicloud/resourcemanager20200331';
import ros, { ListStacksRequest } from '@alicloud/ros20190910';
import { describe, expect, it } from 'vitest';
import { startEventBridgeSandbox } from '../testing/event-bridge-sandbox.ts';
import { fc2Client, fc3Client } from '../testing/function-clients.ts';
import { template } from '../testing/orchestration-sandbox.ts';
import { unwrapDefault } from '../testing/unwrap-default.ts';
import type { Activatable } from './activation.ts';

const RosClient = unwrapDefault(ros);
const ResourceManager = unwrapDefault(resourceManagerModule.default);

async function start(...notActivated: Activatable[]) {
  const sandbox = await startEventBridgeSandbox({ notActivated });
  const config = new $OpenApiUtil.Config({
    ...sandbox.credentials,
    endpoint: new URL(sandbox.endpoint).host,
    protocol: 'HTTP',
  });
  const at = {
    accountId: sandbox.managementAccountId,
    region: sandbox.region,
    endpoint: sandbox.endpoint,
  };
  return {
    sandbox,
    ros: new RosClient(config),
    resourceManager: new ResourceManager(config),
    fc3: fc3Client(at, sandbox.credentials).sdk,
    fc2: fc2Client(at, sandbox.credentials),
  };
}

/** Of a stack with this one resource, created at once. */
const failureOf = (
  sandbox: Awaited<ReturnType<typeof start>>['sandbox'],
  name: string,
  resource: unknown,
) => {
  try {
    sandbox.resourceOrchestration.createStack({
      name,
      templateBody: template({ Resources: { Only: resource } }),
    });
  } catch (error) {
    return String(error);
  }
  return 'none';
};

describe('a service that the account never activated', () => {
  it('Function Compute: refuses all but a list, which is empty', async () => {
    const { fc3, fc2, sandbox } = await start('function-compute');
    const refusal = {
      statusCode: 403,
      code: 'AccessDenied',
      message: expect.stringContaining('FC service is not enabled for current user'),
    };
    await expect(fc3.getFunction('look', new GetFunctionRequest({}))).rejects.toMatchObject(
      refusal,
    );
    await expect(fc2.getTempBucketToken()).rejects.toThrow('FC service is not enabled');
    expect((await fc3.listFunctions(new ListFunctionsRequest({}))).body?.functions).toEqual([]);
    expect(() => sandbox.createLook()).toThrow('FC service is not enabled');
  });

  it('EventBridge: refuses, has no service-linked role, and takes no event', async () => {
    const { sandbox } = await start('event-bridge');
    await expect(sandbox.call('ListRules', { EventBusName: 'default' })).rejects.toMatchObject({
      statusCode: 403,
      code: 'ServiceAccessDenied',
    });
    expect(sandbox.access.roles()).toEqual([]);
  });

  it('ROS refuses', async () => {
    const { ros: client } = await start('resource-orchestration');
    await expect(
      client.listStacks(new ListStacksRequest({ regionId: 'cn-hangzhou' })),
    ).rejects.toMatchObject({ statusCode: 403, code: 'Forbidden' });
  });

  it.each<[Activatable, string, Record<string, unknown>, string]>([
    ['log-service', 'ALIYUN::SLS::Project', { Name: 'results' }, 'Unauthorized'],
    ['message-service', 'ALIYUN::MNS::Queue', { QueueName: 'failed' }, 'AccessDenied'],
  ])('%s: a stack fails to create %s', async (service, type, properties, code) => {
    const { sandbox } = await start(service);
    const resource = { Type: type, Properties: properties };
    expect(failureOf(sandbox, 'one', resource)).toContain(`resources.Only: ${code}`);
    sandbox.world.activation.set(service, true);
    expect(failureOf(sandbox, 'two', resource)).toBe('none');
  });

  it('resource directory: there is none, and service-linked roles can be created all the same', async () => {
    const { resourceManager } = await start('resource-directory', 'event-bridge');
    await expect(resourceManager.listAccounts(new ListAccountsRequest({}))).rejects.toMatchObject({
      code: 'EntityNotExists.ResourceDirectory',
    });
    const serviceName = 'sendevent-fc.eventbridge.aliyuncs.com';
    await resourceManager.createServiceLinkedRole(
      new CreateServiceLinkedRoleRequest({ serviceName }),
    );
  });
});
