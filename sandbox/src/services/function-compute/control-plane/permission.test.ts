import {
  ListFunctionsRequest,
  PutAsyncInvokeConfigInput,
  PutAsyncInvokeConfigRequest,
} from '@alicloud/fc20230330';
import { describe, expect, it } from 'vitest';
import { fc2Client, fc3Client } from '../../../testing/function-clients.ts';
import { createTrigger, QUALIFIER, sweepOfEachTest } from '../../../testing/function-settings.ts';
import { ACCOUNT_ID, REGION } from '../../../testing/function-world.ts';
import type { PolicyStatement } from '../../../world/identities.ts';

const { fixture } = sweepOfEachTest();

describe('permission', () => {
  const ARN = `acs:fc:${REGION}:${ACCOUNT_ID}:functions/sweep`;
  const as = (...statements: PolicyStatement[]) =>
    fc3Client(fixture.at, fixture.keyOf(statements)).sdk;
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
    await expect(createTrigger(as(allow('fc:GetFunction')))).rejects.toMatchObject(
      denied('fc:CreateTrigger', `${ARN}/triggers/often`),
    );
    await createTrigger(as(allow('fc:CreateTrigger', `${ARN}/triggers/*`)));
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
    const token = fc2Client(fixture.at, fixture.keyOf([allow('fc:*')])).getTempBucketToken();
    await expect(token).rejects.toThrow('fc:GetTempBucketToken');
  });
});
