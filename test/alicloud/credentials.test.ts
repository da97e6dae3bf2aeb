import { expect, test } from 'vitest';
import type { Credentials } from '../../alicloud/credentials.ts';
import { perCredentials } from '../../alicloud/credentials.ts';
import { createLogClient } from '../../alicloud/log-service/client.ts';
import { serverlessDevsVariables } from '../../alicloud/operator-credentials.ts';
import { createRpcClient } from '../../alicloud/rpc-client.ts';
import { json, startRawServer } from '../support/adapters/server.ts';

const key = (name: string): Credentials => ({
  accessKeyId: `STS.${name}`,
  accessKeySecret: `secret of ${name}`,
  securityToken: `token of ${name}`,
});

test('what is made of credentials is kept until they change', async () => {
  let current = key('first');
  const made: string[] = [];
  const client = perCredentials(
    async () => current,
    ({ accessKeyId }) => {
      made.push(accessKeyId);
      return accessKeyId;
    },
  );
  expect([await client(), await client()]).toEqual(['STS.first', 'STS.first']);
  // As a provider gives it: the same key in another object, then a renewed one.
  current = { ...current };
  expect(await client()).toBe('STS.first');
  current = { ...current, securityToken: 'renewed' };
  await client();
  current = key('second');
  expect(await client()).toBe('STS.second');
  expect(made).toEqual(['STS.first', 'STS.first', 'STS.second']);
});

test('clients sign with the credentials of the moment, and redact them', async () => {
  const server = await startRawServer(
    json({ Code: 'Denied', Message: 'Not token of second.' }, 403),
  );
  let current = key('first');
  const credentials = async () => current;
  const log = createLogClient({ endpoint: server.url, project: 'project', credentials });
  const rpc = createRpcClient({ endpoint: server.url, credentials });
  const call = async () => {
    await log
      .request({ operation: 'GetLogs', method: 'GET', path: '/', timeoutMs: 2_000 })
      .catch(() => undefined);
    return rpc
      .call('2019-01-01', 'Look', {}, { timeoutMs: 2_000 })
      .catch((error: unknown) => error);
  };
  await call();
  current = key('second');
  const error = await call();
  const sent = server.seen.map(
    ({ headers, body }) =>
      headers['x-acs-security-token'] ?? new URLSearchParams(String(body)).get('SecurityToken'),
  );
  expect(sent).toEqual(['token of first', 'token of first', 'token of second', 'token of second']);
  expect(String(error)).not.toContain('token of second');
});

test('Serverless Devs gets the same, a token where there is one', () => {
  expect(serverlessDevsVariables(key('x'))).toEqual({
    AccessKeyID: 'STS.x',
    AccessKeySecret: 'secret of x',
    SecurityToken: 'token of x',
  });
  expect(Object.keys(serverlessDevsVariables({ accessKeyId: 'a', accessKeySecret: 'b' }))).toEqual([
    'AccessKeyID',
    'AccessKeySecret',
  ]);
});
