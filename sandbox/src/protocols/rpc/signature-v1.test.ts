import { expect, test } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { MANAGEMENT_ACCOUNT_ID, startRpcSandbox } from '../../testing/rpc-sandbox.ts';

const sandbox = eachTest(() => startRpcSandbox({ config: { organization: 'on' } }));

const refusedWith = (code: string, statusCode: number) => ({
  code,
  entry: { response: { statusCode } },
});

test.each(['GET', 'POST'])('pop-core is let in with %s', async (method) => {
  const call = sandbox.popCore('2020-09-07');
  const text = "a b+c&d=e/f*g'(h)!~中文";
  await expect(call('GetAggregator', { AggregatorId: text }, { method })).rejects.toMatchObject(
    refusedWith('Invalid.AggregatorId.Value', 400),
  );
  expect(sandbox.world.journal.entries()).toMatchObject([{ accountId: MANAGEMENT_ACCOUNT_ID }]);
});

test('a key that nobody has', async () => {
  const call = sandbox.popCore('2019-01-08', { ...sandbox.root, accessKeyId: 'LTAInobody' });
  await expect(call('DescribeConfigurationRecorder')).rejects.toMatchObject(
    refusedWith('InvalidAccessKeyId.NotFound', 404),
  );
});

test.each(['GET', 'POST'])('a wrong secret with %s', async (method) => {
  const call = sandbox.popCore('2019-01-08', { ...sandbox.root, accessKeySecret: 'wrong' });
  await expect(call('DescribeConfigurationRecorder', {}, { method })).rejects.toMatchObject(
    refusedWith('SignatureDoesNotMatch', 400),
  );
});

test('a signature counts for its method, its parameters, and once', async () => {
  const call = sandbox.popCore('2020-09-07');
  const refusal: unknown = await call(
    'GetAggregator',
    { AggregatorId: 'ca-none' },
    { method: 'GET' },
  ).catch((error: unknown) => error);
  const url = refusal instanceof Error && 'url' in refusal ? String(refusal.url) : '';
  const codeOf = async (response: Response) => Object(await response.json()).Code;
  expect(await codeOf(await fetch(url))).toBe('SignatureNonceUsed');
  expect(await codeOf(await fetch(url, { method: 'POST' }))).toBe('SignatureDoesNotMatch');
  expect(await codeOf(await fetch(url.replace('ca-none', 'ca-nine')))).toBe(
    'SignatureDoesNotMatch',
  );
  expect(await codeOf(await fetch(`${url}&Extra=1`))).toBe('SignatureDoesNotMatch');
  expect(await codeOf(await fetch(`${url}&AggregatorId=ca-none`))).toBe('InvalidParameter');
});

test('no answer repeats key, token or signature', async () => {
  const call = sandbox.popCore('2019-01-08', { ...sandbox.root, accessKeySecret: 'wrong' });
  const refusal: unknown = await call('DescribeConfigurationRecorder').catch(
    (error: unknown) => error,
  );
  const data = refusal instanceof Error && 'data' in refusal ? JSON.stringify(refusal.data) : '';
  expect(data).toContain('SignatureDoesNotMatch');
  expect(data).not.toContain(sandbox.root.accessKeyId);
  expect(JSON.stringify(sandbox.world.journal.entries())).not.toContain(sandbox.root.accessKeyId);
});

test.each([-16, 16])('a request dated %i minutes off is expired', async (minutes) => {
  const Timestamp = isoSeconds(Date.now() + minutes * 60_000);
  await expect(
    sandbox.popCore('2019-01-08')('DescribeConfigurationRecorder', { Timestamp }),
  ).rejects.toMatchObject(refusedWith('InvalidTimeStamp.Expired', 400));
});

test('14 minutes off is still good, whatever the sandbox clock says', async () => {
  sandbox.world.clock.advance(10 * 24 * 60 * 60 * 1000);
  const Timestamp = isoSeconds(Date.now() - 14 * 60_000);
  await sandbox.popCore('2019-01-08')('DescribeConfigurationRecorder', { Timestamp });
});

test.each(['yesterday', '2026-11-20 03:04:05'])('the time %j is malformed', async (Timestamp) => {
  await expect(
    sandbox.popCore('2019-01-08')('DescribeConfigurationRecorder', { Timestamp }),
  ).rejects.toMatchObject(refusedWith('InvalidTimeStamp.Format', 400));
});

test('a nonce counts once for each key', async () => {
  const parameters = { SignatureNonce: 'once' };
  const operation = 'DescribeConfigurationRecorder';
  await sandbox.popCore('2019-01-08')(operation, parameters);
  await expect(sandbox.popCore('2019-01-08')(operation, parameters)).rejects.toMatchObject(
    refusedWith('SignatureNonceUsed', 400),
  );
  const other = sandbox.world.identities.createAccessKey(MANAGEMENT_ACCOUNT_ID);
  await sandbox.popCore('2019-01-08', other)(operation, parameters);
});

test('a role needs its own token, while it lasts', async () => {
  const { identities, clock } = sandbox.world;
  identities.createRole(MANAGEMENT_ACCOUNT_ID, 'onboarding', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'config:*', Resource: '*' }],
  });
  const role = identities.assumeRole(`acs:ram::${MANAGEMENT_ACCOUNT_ID}:role/onboarding`, 1000);
  const operation = 'DescribeConfigurationRecorder';
  await sandbox.popCore('2019-01-08', role)(operation);
  const { accessKeyId, accessKeySecret } = role;
  await expect(
    sandbox.popCore('2019-01-08', { accessKeyId, accessKeySecret })(operation),
  ).rejects.toMatchObject(refusedWith('InvalidSecurityToken.Malformed', 400));
  await expect(
    sandbox.popCore('2019-01-08', { ...role, securityToken: 'made up' })(operation),
  ).rejects.toMatchObject(refusedWith('InvalidSecurityToken.Malformed', 400));
  clock.advance(1000);
  await expect(sandbox.popCore('2019-01-08', role)(operation)).rejects.toMatchObject(
    refusedWith('InvalidSecurityToken.Expired', 403),
  );
});

test('answers in JSON only, and verifies version 1.0 with HMAC-SHA1 only', async () => {
  const call = sandbox.popCore('2019-01-08');
  const operation = 'DescribeConfigurationRecorder';
  await expect(call(operation, { Format: 'XML' })).rejects.toMatchObject(
    refusedWith('SandboxUnsupportedFormat', 400),
  );
  for (const parameters of [
    { SignatureMethod: 'HMAC-SHA256' },
    { SignatureVersion: '2.0' },
    { SignatureType: 'BEARERTOKEN' },
  ]) {
    await expect(call(operation, parameters)).rejects.toMatchObject(
      refusedWith('SandboxUnsupportedSignature', 400),
    );
  }
});

test.each([
  ['x-acs-action', 'StartConfigurationRecorder', 'InvalidParameter'],
  ['x-acs-version', '2020-09-07', 'InvalidParameter'],
  ['x-acs-security-token', 'x', 'SandboxUnsupportedHeader'],
])('a header that says otherwise or more is refused: %s', async (name, value, code) => {
  await expect(
    sandbox.popCore('2019-01-08')(
      'DescribeConfigurationRecorder',
      {},
      { headers: { [name]: value } },
    ),
  ).rejects.toMatchObject(refusedWith(code, 400));
});

test('pop-core is let in with an operation in lower case', async () => {
  await sandbox.popCore('2019-01-08')('describeConfigurationRecorder');
});

test('an unsigned request is told what is missing', async () => {
  const query = 'Action=DescribeConfigurationRecorder&Version=2019-01-08&Format=JSON';
  const response = await fetch(`${sandbox.server.endpoint}/?${query}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ Code: 'MissingAccessKeyId' });
});

function isoSeconds(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
