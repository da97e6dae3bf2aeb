import {
  CreateTriggerInput,
  CreateTriggerRequest,
  DeleteAsyncInvokeConfigRequest,
  GetAsyncInvokeConfigRequest,
  GetAsyncTaskRequest,
  GetScalingConfigRequest,
  ListAliasesRequest,
  ListAsyncInvokeConfigsRequest,
  ListAsyncTasksRequest,
  ListFunctionsRequest,
  ListFunctionVersionsRequest,
  ListScalingConfigsRequest,
  ListTriggersRequest,
  PutAsyncInvokeConfigInput,
  PutAsyncInvokeConfigRequest,
  PutConcurrencyConfigRequest,
  PutConcurrencyInput,
  StopAsyncTaskRequest,
  UpdateTriggerInput,
  UpdateTriggerRequest,
} from '@alicloud/fc20230330';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fc2Client, fc3Client } from '../../../testing/function-clients.ts';
import {
  ACCOUNT_ID,
  createFunctionWorld,
  FAILED_QUEUE_ARN,
  type FunctionWorld,
  REGION,
} from '../../../testing/function-world.ts';
import type { PolicyStatement } from '../../../world/identities.ts';

let fixture: FunctionWorld;
let sdk: ReturnType<typeof fc3Client>['sdk'];

const at = () => ({ accountId: ACCOUNT_ID, region: REGION, endpoint: fixture.server.endpoint });

beforeEach(async () => {
  fixture = await createFunctionWorld({ clockSpeed: 0 });
  sdk = fc3Client(at(), fixture.rootKey).sdk;
  fixture.createFunction('sweep', `exports.handler = async (event) => event;`);
});

afterEach(() => fixture.close());

const TIMER = { cronExpression: '@every 5m', enable: true, payload: 'now' };

const createTrigger = (changes: Record<string, unknown> = {}, client = sdk) =>
  client.createTrigger(
    'sweep',
    new CreateTriggerRequest({
      body: new CreateTriggerInput({
        triggerName: 'often',
        triggerType: 'timer',
        triggerConfig: JSON.stringify(TIMER),
        qualifier: 'LATEST',
        description: '',
        ...changes,
      }),
    }),
  );
const updateTrigger = (changes: Record<string, unknown>) =>
  sdk.updateTrigger(
    'sweep',
    'often',
    new UpdateTriggerRequest({ body: new UpdateTriggerInput(changes) }),
  );

const rings = async () => {
  await fixture.functionCompute.idle();
  return fixture.functionCompute.invocations().length;
};

describe('a trigger', () => {
  it('rings on the clock, is changed, shown, listed, and deleted', async () => {
    await createTrigger();
    fixture.world.clock.advance(300_000);
    expect(await rings()).toBe(1);
    await updateTrigger({
      triggerConfig: JSON.stringify({ ...TIMER, cronExpression: '@every 1m' }),
    });
    fixture.world.clock.advance(120_000);
    expect(await rings()).toBe(3);
    const { body } = await sdk.getTrigger('sweep', 'often');
    expect(body).toMatchObject({ triggerName: 'often', triggerType: 'timer', qualifier: 'LATEST' });
    expect(JSON.parse(body?.triggerConfig ?? '')).toEqual({
      ...TIMER,
      cronExpression: '@every 1m',
    });
    const listed = await sdk.listTriggers('sweep', new ListTriggersRequest({}));
    expect(listed.body?.triggers).toMatchObject([{ triggerName: 'often' }]);
    expect((await sdk.deleteTrigger('sweep', 'often')).statusCode).toBe(204);
    fixture.world.clock.advance(600_000);
    expect(await rings()).toBe(3);
    await expect(sdk.getTrigger('sweep', 'often')).rejects.toMatchObject({
      statusCode: 404,
      code: 'TriggerNotFound',
    });
  });

  it('of a name that is taken is refused', async () => {
    await createTrigger();
    await expect(createTrigger()).rejects.toMatchObject({
      statusCode: 409,
      code: 'TriggerAlreadyExists',
    });
  });

  it('for events of Alibaba Cloud services is refused with 403', async () => {
    const config = { eventSourceConfig: { eventSourceType: 'Default' } };
    await expect(
      createTrigger({ triggerType: 'eventbridge', triggerConfig: JSON.stringify(config) }),
    ).rejects.toMatchObject({ statusCode: 403, code: 'AccessDenied' });
  });

  it.each([
    [{ triggerConfig: '{' }, 'not JSON'],
    [{ triggerConfig: JSON.stringify({ ...TIMER, cronExpresion: 'x' }) }, 'cronExpresion'],
    [{ triggerConfig: JSON.stringify({ ...TIMER, cronExpression: 'often' }) }, 'cronExpression'],
    [{ triggerType: 'http' }, "'http' is not modelled"],
    [{ qualifier: '1' }, 'qualifier'],
    [{ triggerName: '5' }, 'triggerName'],
  ])('with %j is refused', async (changes, message) => {
    await expect(createTrigger(changes)).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidArgument',
      message: expect.stringContaining(message),
    });
  });

  it('is one of 50 at most', async () => {
    for (let number = 0; number < 50; number += 1) {
      fixture.functionCompute.createTimer('sweep', { name: `t${number}`, ...TIMER });
    }
    await expect(createTrigger()).rejects.toMatchObject({ code: 'LimitExceededError' });
  });
});

const QUALIFIER = { qualifier: 'LATEST' };
const putAsync = (config: Record<string, unknown>) =>
  sdk.putAsyncInvokeConfig(
    'sweep',
    new PutAsyncInvokeConfigRequest({ ...QUALIFIER, body: new PutAsyncInvokeConfigInput(config) }),
  );
const getAsync = async () =>
  (await sdk.getAsyncInvokeConfig('sweep', new GetAsyncInvokeConfigRequest(QUALIFIER))).body;

describe('the asynchronous invocation configuration', () => {
  it('is put, shown, listed, and deleted', async () => {
    await expect(getAsync()).rejects.toMatchObject({ code: 'AsyncConfigNotExists' });
    await putAsync({
      asyncTask: true,
      maxAsyncRetryAttempts: 1,
      maxAsyncEventAgeInSeconds: 60,
      destinationConfig: { onFailure: { destination: FAILED_QUEUE_ARN } },
    });
    expect(await getAsync()).toMatchObject({
      functionArn: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/sweep`,
      asyncTask: true,
      maxAsyncRetryAttempts: 1,
      destinationConfig: { onFailure: { destination: FAILED_QUEUE_ARN } },
    });
    const list = (functionName: string) =>
      sdk.listAsyncInvokeConfigs(new ListAsyncInvokeConfigsRequest({ functionName }));
    expect((await list('sweep')).body?.configs).toHaveLength(1);
    expect((await list('other')).body?.configs).toHaveLength(0);
    await putAsync({ destinationConfig: {} });
    expect(await getAsync()).toMatchObject({ asyncTask: false, destinationConfig: {} });
    await sdk.deleteAsyncInvokeConfig('sweep', new DeleteAsyncInvokeConfigRequest(QUALIFIER));
    await expect(getAsync()).rejects.toMatchObject({ code: 'AsyncConfigNotExists' });
  });

  it.each([
    [{ maxAsyncRetryAttempts: 9 }, 'maxAsyncRetryAttempts'],
    [{ destinationConfig: { onFailure: { destination: 'acs:fc:x' } } }, 'not modelled'],
    [{ destinationConfig: { onSuccess: { destination: FAILED_QUEUE_ARN } } }, 'onSuccess'],
  ])('%j is refused', async (config, message) => {
    await expect(putAsync(config)).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: expect.stringContaining(message),
    });
  });
});

const putConcurrency = (reservedConcurrency: number) =>
  sdk.putConcurrencyConfig(
    'sweep',
    new PutConcurrencyConfigRequest({ body: new PutConcurrencyInput({ reservedConcurrency }) }),
  );

it('what a function reserves is put, shown, and deleted; it counts at once', async () => {
  const get = async () => (await sdk.getConcurrencyConfig('sweep')).body;
  await expect(get()).rejects.toMatchObject({ code: 'ConcurrencyConfigNotFound' });
  await putConcurrency(0);
  expect(await get()).toMatchObject({ reservedConcurrency: 0 });
  await expect(fixture.functionCompute.invoke('sweep', '')).rejects.toThrow('concurrency limit');
  await expect(putConcurrency(101)).rejects.toThrow("101 of the account's 100");
  await sdk.deleteConcurrencyConfig('sweep');
  await fixture.functionCompute.invoke('sweep', '');
  await expect(get()).rejects.toMatchObject({ code: 'ConcurrencyConfigNotFound' });
});

it('of what is not modelled there is nothing', async () => {
  expect((await sdk.listVpcBindings('sweep')).body?.vpcIds).toEqual([]);
  expect((await sdk.listAliases('sweep', new ListAliasesRequest({}))).body?.aliases).toEqual([]);
  const versions = await sdk.listFunctionVersions('sweep', new ListFunctionVersionsRequest({}));
  expect(versions.body?.versions).toEqual([]);
  const scaling = await sdk.getScalingConfig('sweep', new GetScalingConfigRequest(QUALIFIER));
  expect(scaling.body?.functionArn).toBeUndefined();
  const all = await sdk.listScalingConfigs(new ListScalingConfigsRequest({}));
  expect(all.body?.scalingConfigs).toEqual([]);
});

describe('an asynchronous task', () => {
  const task = async (id: string) =>
    (await sdk.getAsyncTask('sweep', id, new GetAsyncTaskRequest(QUALIFIER))).body;

  it('is looked up while it is retried, and when it has ended', async () => {
    await fixture.functionCompute.deleteFunction('sweep');
    fixture.createFunction(
      'sweep',
      `exports.handler = async (event, { retryCount }) => { if (retryCount < 1) throw new Error('no'); return 'yes'; };`,
    );
    await putAsync({ asyncTask: true });
    await fixture.functionCompute.invoke('sweep', '{"a":1}', { async: true, taskId: 'one' });
    await expect.poll(async () => (await task('one'))?.status).toBe('Retrying');
    fixture.world.clock.advance(1000);
    await fixture.functionCompute.idle();
    expect(await task('one')).toMatchObject({
      status: 'Succeeded',
      taskPayload: '{"a":1}',
      returnPayload: 'yes',
      alreadyRetriedTimes: 1,
    });
    const listed = await sdk.listAsyncTasks('sweep', new ListAsyncTasksRequest({ prefix: 'o' }));
    expect(listed.body?.tasks).toMatchObject([{ taskId: 'one', status: 'Succeeded' }]);
    await expect(task('two')).rejects.toMatchObject({ code: 'StatefulAsyncInvocationNotFound' });
  });

  it('is stopped while it runs, and not tried again', async () => {
    await fixture.functionCompute.deleteFunction('sweep');
    fixture.createFunction('sweep', `exports.handler = () => new Promise(() => {});`);
    await putAsync({ asyncTask: true });
    await fixture.functionCompute.invoke('sweep', '', { async: true, taskId: 'one' });
    const stop = () => sdk.stopAsyncTask('sweep', 'one', new StopAsyncTaskRequest(QUALIFIER));
    await stop();
    await fixture.functionCompute.idle();
    expect((await task('one'))?.status).toBe('Stopped');
    expect(fixture.functionCompute.invocations()).toMatchObject([{ status: 'killed' }]);
    await expect(stop()).rejects.toThrow('has ended: Stopped');
  });
});

describe('permission', () => {
  const ARN = `acs:fc:${REGION}:${ACCOUNT_ID}:functions/sweep`;
  const as = (...statements: PolicyStatement[]) => fc3Client(at(), fixture.keyOf(statements)).sdk;
  const allow = (Action: string, Resource = ARN): PolicyStatement => ({
    Effect: 'Allow',
    Action,
    Resource,
  });
  const denied = (action: string, resource: string) => ({
    statusCode: 403,
    code: 'AccessDenied',
    message: expect.stringContaining(
      `the caller is not authorized to perform '${action}' on resource '${resource}'`,
    ),
  });

  it('is asked for by name, on the ARN of what is named', async () => {
    await expect(createTrigger({}, as(allow('fc:GetFunction')))).rejects.toMatchObject(
      denied('fc:CreateTrigger', `${ARN}/triggers/often`),
    );
    await createTrigger({}, as(allow('fc:CreateTrigger', `${ARN}/triggers/*`)));
    const list = as(allow('fc:*')).listFunctions(new ListFunctionsRequest({}));
    await expect(list).rejects.toMatchObject(
      denied('fc:ListFunctions', `acs:fc:${REGION}:${ACCOUNT_ID}:functions/*`),
    );
  });

  it('on all resources is needed where the documentation says so', async () => {
    const onOne = as(allow('fc:*'));
    await expect(onOne.getConcurrencyConfig('sweep')).rejects.toMatchObject(
      denied('fc:GetConcurrencyConfig', '*'),
    );
    const put = new PutAsyncInvokeConfigRequest({
      ...QUALIFIER,
      body: new PutAsyncInvokeConfigInput({}),
    });
    await expect(onOne.putAsyncInvokeConfig('sweep', put)).rejects.toMatchObject(
      denied('fc:PutFunctionAsyncInvokeConfig', '*'),
    );
    await as(allow('fc:PutFunctionAsyncInvokeConfig', '*')).putAsyncInvokeConfig('sweep', put);
    const token = fc2Client(at(), fixture.keyOf([allow('fc:*')])).getTempBucketToken();
    await expect(token).rejects.toThrow('fc:GetTempBucketToken');
  });
});
