import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { OpenApiUtil } from '@alicloud/openapi-core';
import * as $dara from '@darabonba/typescript';
import { expect, test } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { MANAGEMENT_ACCOUNT_ID, startRpcSandbox } from '../../testing/rpc-sandbox.ts';
import type { Credentials } from '../../world/identities.ts';

const sandbox = eachTest(() => startRpcSandbox({ config: { organization: 'on' } }));

test('the OpenAPI SDK is let in, with parameters in the query and in the form', async () => {
  const text = "a b+c&d=e/f*g'(h)!~中文";
  for (const call of [{ query: { AggregatorId: text } }, { body: { AggregatorId: text } }]) {
    await expect(sandbox.acs3('2020-09-07', 'GetAggregator', call)).rejects.toMatchObject({
      code: 'Invalid.AggregatorId.Value',
      statusCode: 400,
    });
  }
  expect(sandbox.world.journal.entries()).toMatchObject([
    { service: 'config', operation: 'GetAggregator', accountId: MANAGEMENT_ACCOUNT_ID },
    { service: 'config', operation: 'GetAggregator', accountId: MANAGEMENT_ACCOUNT_ID },
  ]);
});

test('keys, secrets and tokens are checked', async () => {
  const { identities, clock } = sandbox.world;
  const describe = (credentials: Credentials) =>
    sandbox.acs3('2019-01-08', 'DescribeConfigurationRecorder', { credentials });
  await expect(describe({ ...sandbox.root, accessKeyId: 'LTAInobody' })).rejects.toMatchObject({
    code: 'InvalidAccessKeyId.NotFound',
    statusCode: 404,
  });
  await expect(describe({ ...sandbox.root, accessKeySecret: 'wrong' })).rejects.toMatchObject({
    code: 'SignatureDoesNotMatch',
    statusCode: 400,
  });
  identities.createRole(MANAGEMENT_ACCOUNT_ID, 'onboarding', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'config:*', Resource: '*' }],
  });
  const role = identities.assumeRole(`acs:ram::${MANAGEMENT_ACCOUNT_ID}:role/onboarding`, 1000);
  await describe(role);
  await expect(describe({ ...role, securityToken: 'made up' })).rejects.toMatchObject({
    code: 'InvalidSecurityToken.Malformed',
  });
  clock.advance(1000);
  await expect(describe(role)).rejects.toMatchObject({ code: 'InvalidSecurityToken.Expired' });
});

test('time and nonce are checked', async () => {
  const describe = (headers: Record<string, string>) =>
    sandbox.acs3('2019-01-08', 'DescribeConfigurationRecorder', { headers });
  await expect(describe({ 'x-acs-date': '2020-01-01T00:00:00Z' })).rejects.toMatchObject({
    code: 'InvalidTimeStamp.Expired',
  });
  await expect(describe({ 'x-acs-date': 'now' })).rejects.toMatchObject({
    code: 'InvalidTimeStamp.Format',
  });
  await describe({ 'x-acs-signature-nonce': 'once' });
  await expect(describe({ 'x-acs-signature-nonce': 'once' })).rejects.toMatchObject({
    code: 'SignatureNonceUsed',
  });
});

test('a signature counts for method, query, headers and body', async () => {
  expect(await send({})).toBe('fine');
  expect(await send({ sentMethod: 'PUT' })).toBe('SignatureDoesNotMatch');
  expect(await send({ sentQuery: 'AggregatorId=ca-other' })).toBe('SignatureDoesNotMatch');
  expect(await send({ sentBody: 'MaxResults=6' })).toBe('SignatureDoesNotMatch');
  expect(await send({ sentHeaders: { 'x-acs-version': '2019-01-08' } })).toBe(
    'SignatureDoesNotMatch',
  );
});

test('the hash that a request claims for its body has to be true', async () => {
  const empty = createHash('sha256').update('').digest('hex');
  expect(await send({ claimedHash: empty })).toBe('SignatureDoesNotMatch');
  expect(await send({ claimedHash: empty, signedHash: empty })).toBe('SignatureDoesNotMatch');
});

test('every x-acs header and the host have to be signed', async () => {
  expect(await send({ sentHeaders: { 'x-acs-extra': '1' } })).toBe('IncompleteSignature');
});

test.each(['Action', 'Version', 'AccessKeyId', 'SecurityToken', 'Timestamp', 'SignatureMethod'])(
  'what the headers say is not said again in parameters: %s',
  async (name) => {
    for (const call of [{ query: { [name]: 'x' } }, { body: { [name]: 'x' } }]) {
      await expect(
        sandbox.acs3('2019-01-08', 'DescribeConfigurationRecorder', call),
      ).rejects.toMatchObject({
        code: 'InvalidParameter',
        message: expect.stringContaining(`"${name}" is not valid`),
      });
    }
  },
);

test.each(['x-acs-extra', 'x-acs-signature-method', 'x-acs-bearer-token'])(
  'the header %s is refused by name',
  async (name) => {
    await expect(
      sandbox.acs3('2019-01-08', 'DescribeConfigurationRecorder', { headers: { [name]: 'x' } }),
    ).rejects.toMatchObject({
      code: 'SandboxUnsupportedHeader',
      message: expect.stringContaining(name),
    });
  },
);

test('the key is that of the credential wherever it is named', async () => {
  const headers = { 'x-acs-accesskey-id': 'LTAIother' };
  await expect(
    sandbox.acs3('2019-01-08', 'DescribeConfigurationRecorder', { headers }),
  ).rejects.toMatchObject({ code: 'IncompleteSignature' });
});

test('other algorithms and malformed headers are refused', async () => {
  expect(await send({ editAuthorization: (text) => text.replace('SHA256', 'SM3') })).toBe(
    'SandboxUnsupportedSignature',
  );
  expect(await send({ editAuthorization: () => 'ACS3-HMAC-SHA256 nonsense' })).toBe(
    'IncompleteSignature',
  );
});

/** Signs `MaxResults=5` in the form with the SDK's own function, then sends something else. */
async function send(change: {
  sentMethod?: string;
  sentQuery?: string;
  sentBody?: string;
  sentHeaders?: Record<string, string>;
  /** In the header; default: the true one. */
  claimedHash?: string;
  /** In what is signed; default: the true one. */
  signedHash?: string;
  editAuthorization?: (text: string) => string;
}): Promise<string> {
  const body = 'MaxResults=5';
  const hash = createHash('sha256').update(body).digest('hex');
  const headers: Record<string, string> = {
    host: `127.0.0.1:${sandbox.server.port}`,
    'content-type': 'application/x-www-form-urlencoded',
    'x-acs-action': 'ListAggregators',
    'x-acs-version': '2020-09-07',
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': `${Math.random()}`,
    'x-acs-content-sha256': change.claimedHash ?? hash,
  };
  const { accessKeyId, accessKeySecret } = sandbox.root;
  const signed = Object.assign(new $dara.Request(), {
    method: 'POST',
    pathname: '/',
    query: {},
    headers,
  });
  const authorization = OpenApiUtil.getAuthorization(
    signed,
    'ACS3-HMAC-SHA256',
    change.signedHash ?? hash,
    accessKeyId,
    accessKeySecret,
  );
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        port: sandbox.server.port,
        method: change.sentMethod ?? 'POST',
        path: `/?${change.sentQuery ?? ''}`,
        headers: {
          ...headers,
          ...change.sentHeaders,
          authorization: change.editAuthorization?.(authorization) ?? authorization,
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => resolve(JSON.parse(text).Code ?? 'fine'));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(change.sentBody ?? body);
  });
}
