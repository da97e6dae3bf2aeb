import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { fc2Client } from '../../testing/function-clients.ts';
import { ACCOUNT_ID, createFunctionWorld } from '../../testing/function-world.ts';

const fixture = eachTest(createFunctionWorld);

describe('InvokeFunction of FC 2.0 through its SDK', () => {
  it('invokes a function of a service', async () => {
    fixture.createFunction(
      'service/echo',
      `exports.handler = async (event, context) => ({ text: event.toString(), service: process.env.FC_SERVICE_NAME, name: context.function.name });`,
    );
    const { data } = await fc2Client(fixture.at, fixture.rootKey).invokeFunction(
      'service',
      'echo',
      'hello',
      {},
      'LATEST',
    );
    expect(JSON.parse(String(data))).toEqual({ text: 'hello', service: 'service', name: 'echo' });
  });

  it('gives the SDK an error of the function as data', async () => {
    fixture.createFunction(
      'service/fails',
      `exports.handler = async () => { throw new Error('no'); };`,
    );
    const answer = await fc2Client(fixture.at, fixture.rootKey).invokeFunction(
      'service',
      'fails',
      '',
    );
    expect(answer.headers['x-fc-error-type']).toBe('UnhandledInvocationError');
    expect(answer.data).toMatchObject({ errorMessage: 'no', errorType: 'Error' });
  });

  it('takes temporary credentials with their token, and refuses a forged secret or token', async () => {
    fixture.createFunction('service/echo', `exports.handler = async () => 'in';`);
    fixture.world.identities.createRole(ACCOUNT_ID, 'caller', {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'fc:*', Resource: '*' }],
    });
    const role = fixture.world.identities.assumeRole(`acs:ram::${ACCOUNT_ID}:role/caller`, 60_000);
    const invoke = (credentials: typeof role) =>
      fc2Client(fixture.at, credentials).invokeFunction('service', 'echo', 'x');
    expect(await invoke(role)).toMatchObject({ data: 'in' });
    await expect(invoke({ ...role, accessKeySecret: 'guess' })).rejects.toMatchObject({
      code: 'SignatureNotMatch',
    });
    await expect(invoke({ ...role, securityToken: 'guess' })).rejects.toMatchObject({
      code: 'AccessDenied',
    });
    await expect(invoke({ ...role, accessKeyId: 'LTAI0' })).rejects.toMatchObject({
      code: 'InvalidAccessKeyID',
    });
  });

  it('refuses a body that is not the signed one', async () => {
    fixture.createFunction('service/echo', `exports.handler = async () => 'in';`);
    const date = new Date().toUTCString();
    const path = '/2016-08-15/services/service/functions/echo/invocations';
    const sign = (md5: string) =>
      createHmac('sha256', fixture.rootKey.accessKeySecret)
        .update(`POST\n${md5}\ntext/plain\n${date}\n${path}`)
        .digest('base64');
    const send = (md5: string) =>
      fetch(fixture.server.endpoint + path, {
        method: 'POST',
        body: 'other',
        headers: {
          date,
          'content-type': 'text/plain',
          'content-md5': md5,
          authorization: `FC ${fixture.rootKey.accessKeyId}:${sign(md5)}`,
        },
      });
    expect((await send('bm90IGl0')).status).toBe(403);
    expect((await send('')).status).toBe(403);
  });

  it('refuses services and operations that it does not have', async () => {
    const client = fc2Client(fixture.at, fixture.rootKey);
    await expect(client.invokeFunction('nowhere', 'echo', 'x')).rejects.toMatchObject({
      code: 'ServiceNotFound',
    });
    await expect(client.listServices()).rejects.toMatchObject({ code: 'PathNotSupported' });
  });
});
