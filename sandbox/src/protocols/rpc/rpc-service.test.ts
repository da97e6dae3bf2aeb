import { expect, test } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { MANAGEMENT_ACCOUNT_ID, startRpcSandbox } from '../../testing/rpc-sandbox.ts';
import type { FaultEffect } from '../../world/faults.ts';
import { createRpcService } from './rpc-service.ts';

const sandbox = eachTest(() => startRpcSandbox({ config: { organization: 'on' } }));

const describe = (options?: Readonly<Record<string, unknown>>) =>
  sandbox.popCore('2019-01-08')('DescribeConfigurationRecorder', {}, options);

function fault(effect: FaultEffect): void {
  sandbox.world.faults.add({
    service: 'config',
    operation: 'DescribeConfigurationRecorder',
    effect,
    when: { first: 1 },
  });
}

test('an answer starts with its RequestId, which the journal knows', async () => {
  const answer = await describe();
  const [entry] = sandbox.world.journal.entries();
  expect(Object.entries(Object(answer))[0]).toEqual(['RequestId', entry?.requestId]);
});

test('an error carries RequestId, HostId, Code and Message', async () => {
  await expect(sandbox.popCore('2019-01-08')('Nothing')).rejects.toMatchObject({
    data: {
      RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      HostId: 'config.cn-shanghai.aliyuncs.com',
      Code: 'InvalidAction.NotFound',
      Message: expect.stringContaining('does not model Nothing of config 2019-01-08'),
    },
    entry: { response: { statusCode: 404 } },
  });
});

test.each([
  ['2019-01-08', 'StopConfigurationRecorder'],
  ['2019-01-08', 'GetConfigurationRecorder'],
  ['2020-09-07', 'DescribeConfigurationRecorder'],
  ['2020-09-07', 'toString'],
])('%s does not know %s', async (version, operation) => {
  await expect(
    sandbox.popCore(version)(operation, {}, { formatAction: false }),
  ).rejects.toMatchObject({ code: 'InvalidAction.NotFound' });
});

test.each([
  ['StartConfigurationRecorder', 'GET', 'StartConfigurationRecorder is called with POST.'],
  [
    'DescribeConfigurationRecorder',
    'PUT',
    'DescribeConfigurationRecorder is called with GET or POST.',
  ],
])('%s is not called with %s', async (operation, method, message) => {
  await expect(sandbox.popCore('2019-01-08')(operation, {}, { method })).rejects.toMatchObject({
    code: 'InvalidAction.NotFound',
    data: { Message: expect.stringContaining(message) },
    entry: { response: { statusCode: 404 } },
  });
});

test('a version of no product is no protocol of the sandbox', async () => {
  await expect(sandbox.popCore('2014-05-26')('DescribeInstances')).rejects.toMatchObject({
    code: 'SandboxUnknownProtocol',
  });
});

test.each([
  ['StartConfigurationRecorder', '2019-01-08', { EnterpriseEdition: 'yes' }, 'EnterpriseEdition'],
  ['StartConfigurationRecorder', '2020-09-07', { EnterpriseEdition: true }, 'EnterpriseEdition'],
  ['ListAggregators', '2020-09-07', { MaxResults: 101 }, 'MaxResults'],
  ['ListAggregators', '2020-09-07', { MaxResults: '1e1' }, 'MaxResults'],
  ['ListAggregators', '2020-09-07', { Filter: 'x' }, 'Filter'],
])('%s (%s) refuses %j by name', async (operation, version, parameters, name) => {
  await expect(sandbox.popCore(version)(operation, parameters)).rejects.toMatchObject({
    code: 'InvalidParameter',
    data: { Message: expect.stringContaining(`"${name}"`) },
  });
});

test('a parameter that is needed', async () => {
  await expect(sandbox.popCore('2020-09-07')('GetAggregator')).rejects.toMatchObject({
    code: 'MissingParameter',
    data: { Message: expect.stringContaining('AggregatorId') },
  });
});

test('a role may do what its policy says, on the resource that it says', async () => {
  const { identities } = sandbox.world;
  const groupId = sandbox.config.groupOf(MANAGEMENT_ACCOUNT_ID)?.aggregatorId ?? '';
  identities.createRole(MANAGEMENT_ACCOUNT_ID, 'reader', {
    Version: '1',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'config:GetAggregator',
        Resource: `acs:config:*:${MANAGEMENT_ACCOUNT_ID}:aggregator/${groupId}`,
      },
    ],
  });
  const role = identities.assumeRole(`acs:ram::${MANAGEMENT_ACCOUNT_ID}:role/reader`, 60_000);
  const call = sandbox.popCore('2020-09-07', role);
  await call('GetAggregator', { AggregatorId: groupId });
  await expect(call('GetAggregator', { AggregatorId: 'ca-2' })).rejects.toMatchObject({
    code: 'NoPermission',
  });
  await expect(
    sandbox.popCore('2019-01-08', role)('StartConfigurationRecorder'),
  ).rejects.toMatchObject({
    code: 'NoPermission',
    message: expect.stringContaining('You are not authorized to perform this operation.'),
    entry: { response: { statusCode: 400 } },
  });
  await expect(sandbox.popCore('2020-03-31', role)('ListAccounts')).rejects.toMatchObject({
    code: 'Forbidden.RAM',
    entry: { response: { statusCode: 403 } },
  });
});

test('the quota answers Throttling.User until the window has passed', async () => {
  const call = sandbox.popCore('2020-03-31');
  await Promise.all(Array.from({ length: 20 }, () => call('ListAccounts')));
  await expect(call('ListAccounts')).rejects.toMatchObject({
    code: 'Throttling.User',
    message: expect.stringContaining('Request was denied due to user flow control.'),
    entry: { response: { statusCode: 400 } },
  });
  sandbox.world.clock.advance(1000);
  await call('ListAccounts');
  sandbox.world.quotas.setEnabled(false);
  await Promise.all(Array.from({ length: 30 }, () => call('ListAccounts')));
});

test('two products can not share a version', () => {
  const product = { service: 'a', hostId: 'a', versions: { '1': {} }, errors: {}, quotas: {} };
  expect(() => createRpcService(sandbox.world, [product, { ...product, service: 'b' }])).toThrow(
    'version 1',
  );
});

test('faults as pop-core sees them', async () => {
  fault({ kind: 'error', code: 'ServiceUnavailable', retryAfterMs: 2000 });
  await expect(describe()).rejects.toMatchObject({
    code: 'ServiceUnavailable',
    entry: { response: { statusCode: 503, headers: { 'x-acs-retry-after': '2000' } } },
  });
  // A code of the product's own table, and one of the gateway's.
  fault({ kind: 'error', code: 'CreateSLRFail' });
  await expect(describe()).rejects.toMatchObject({ code: 'CreateSLRFail' });
  fault({ kind: 'error', code: 'Throttling.Api' });
  await expect(describe()).rejects.toMatchObject({ code: 'Throttling.Api' });

  fault({ kind: 'reset' });
  await expect(describe()).rejects.toMatchObject({ code: 'ECONNRESET' });
  fault({ kind: 'hang' });
  await expect(describe({ timeout: 50 })).rejects.toMatchObject({ name: 'RequestTimeoutError' });
  // What is not JSON is thrown as a plain object by pop-core.
  for (const kind of ['html-503', 'empty-500'] as const) {
    fault({ kind });
    const thrown: unknown = await describe().catch((error: unknown) => error);
    expect(thrown).not.toBeInstanceOf(Error);
    expect(thrown).toMatchObject({ name: 'SyntaxError' });
  }
  fault({ kind: 'cut-body' });
  await expect(describe()).rejects.toBeDefined();
  await describe();
});

test('faults as the OpenAPI SDK sees them', async () => {
  const describeOpenApi = () => sandbox.acs3('2019-01-08', 'DescribeConfigurationRecorder');
  fault({ kind: 'error', code: 'Throttling', retryAfterMs: 1500 });
  await expect(describeOpenApi()).rejects.toMatchObject({
    name: 'ThrottlingError',
    code: 'Throttling',
    retryAfter: 1500,
  });
  fault({ kind: 'error', code: 'InternalError' });
  await expect(describeOpenApi()).rejects.toMatchObject({ name: 'ServerError', statusCode: 500 });
  for (const kind of ['reset', 'html-503', 'empty-500', 'cut-body'] as const) {
    fault({ kind });
    await expect(describeOpenApi()).rejects.toBeDefined();
  }
  await describeOpenApi();
});
