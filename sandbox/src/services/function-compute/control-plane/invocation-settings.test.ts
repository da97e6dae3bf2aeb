import {
  DeleteAsyncInvokeConfigRequest,
  GetAsyncInvokeConfigRequest,
  GetScalingConfigRequest,
  ListAliasesRequest,
  ListAsyncInvokeConfigsRequest,
  ListFunctionVersionsRequest,
  ListScalingConfigsRequest,
  PutConcurrencyConfigRequest,
  PutConcurrencyInput,
} from '@alicloud/fc20230330';
import { describe, expect, it } from 'vitest';
import { putAsync, QUALIFIER, sweepOfEachTest } from '../../../testing/function-settings.ts';
import { ACCOUNT_ID, FAILED_QUEUE_ARN, REGION } from '../../../testing/function-world.ts';

const { fixture, sdk } = sweepOfEachTest();

const getAsync = async () =>
  (await sdk().getAsyncInvokeConfig('sweep', new GetAsyncInvokeConfigRequest(QUALIFIER))).body;

describe('the asynchronous invocation configuration', () => {
  it('is put, shown, listed, and deleted', async () => {
    await expect(getAsync()).rejects.toMatchObject({ code: 'AsyncConfigNotExists' });
    await putAsync(sdk(), {
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
      sdk().listAsyncInvokeConfigs(new ListAsyncInvokeConfigsRequest({ functionName }));
    expect((await list('sweep')).body?.configs).toHaveLength(1);
    expect((await list('other')).body?.configs).toHaveLength(0);
    await putAsync(sdk(), { destinationConfig: {} });
    expect(await getAsync()).toMatchObject({ asyncTask: false, destinationConfig: {} });
    await sdk().deleteAsyncInvokeConfig('sweep', new DeleteAsyncInvokeConfigRequest(QUALIFIER));
    await expect(getAsync()).rejects.toMatchObject({ code: 'AsyncConfigNotExists' });
  });

  it.each([
    [{ maxAsyncRetryAttempts: 9 }, 'maxAsyncRetryAttempts'],
    [{ destinationConfig: { onFailure: { destination: 'acs:fc:x' } } }, 'not modelled'],
    [{ destinationConfig: { onSuccess: { destination: FAILED_QUEUE_ARN } } }, 'onSuccess'],
  ])('%j is refused', async (config, message) => {
    await expect(putAsync(sdk(), config)).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: expect.stringContaining(message),
    });
  });
});

const putConcurrency = (reservedConcurrency: number) =>
  sdk().putConcurrencyConfig(
    'sweep',
    new PutConcurrencyConfigRequest({ body: new PutConcurrencyInput({ reservedConcurrency }) }),
  );

it('what a function reserves is put, shown, and deleted; it counts at once', async () => {
  const get = async () => (await sdk().getConcurrencyConfig('sweep')).body;
  await expect(get()).rejects.toMatchObject({ code: 'ConcurrencyConfigNotFound' });
  await putConcurrency(0);
  expect(await get()).toMatchObject({ reservedConcurrency: 0 });
  await expect(fixture.functionCompute.invoke('sweep', '')).rejects.toThrow('concurrency limit');
  await expect(putConcurrency(101)).rejects.toThrow("101 of the account's 100");
  await sdk().deleteConcurrencyConfig('sweep');
  await fixture.functionCompute.invoke('sweep', '');
  await expect(get()).rejects.toMatchObject({ code: 'ConcurrencyConfigNotFound' });
});

it('of what is not modelled there is nothing', async () => {
  expect((await sdk().listVpcBindings('sweep')).body?.vpcIds).toEqual([]);
  expect((await sdk().listAliases('sweep', new ListAliasesRequest({}))).body?.aliases).toEqual([]);
  const versions = await sdk().listFunctionVersions('sweep', new ListFunctionVersionsRequest({}));
  expect(versions.body?.versions).toEqual([]);
  const scaling = await sdk().getScalingConfig('sweep', new GetScalingConfigRequest(QUALIFIER));
  expect(scaling.body?.functionArn).toBeUndefined();
  const all = await sdk().listScalingConfigs(new ListScalingConfigsRequest({}));
  expect(all.body?.scalingConfigs).toEqual([]);
});
