import { ListConcurrencyConfigsRequest } from '@alicloud/fc20230330';
import { beforeEach, describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { fc2Client, fc3Client } from '../../testing/function-clients.ts';
import { ACCOUNT_ID, createFunctionWorld, REGION, ROLE_ARN } from '../../testing/function-world.ts';

const fixture = eachTest(createFunctionWorld);

let fc3: ReturnType<typeof fc3Client>;
beforeEach(() => {
  fc3 = fc3Client(fixture.at, fixture.rootKey);
});

describe('the headers of a request', () => {
  const IN_FC2 = { 'x-fc-stateful-async-invocation-id': 'run-1' };
  const IN_FC3 = { 'x-fc-async-task-id': 'run-1' };

  beforeEach(() => {
    for (const name of ['echo', 'service/echo']) {
      fixture.createFunction(name, `exports.handler = async (event) => event;`);
    }
  });

  it('of the other API version are refused, not passed over', async () => {
    await expect(fc3.invoke('echo', '', { headers: IN_FC2 })).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: expect.stringContaining('x-fc-stateful-async-invocation-id'),
    });
    const fc2 = fc2Client(fixture.at, fixture.rootKey);
    await expect(fc2.invokeFunction('service', 'echo', '', IN_FC3)).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: expect.stringContaining('x-fc-async-task-id'),
    });
    await fc2.invokeFunction('service', 'echo', '', IN_FC2);
    await fc3.invoke('echo', '', { headers: IN_FC3 });
  });

  it('name the account of the function, if any', async () => {
    const stranger = fc2Client({ ...fixture.at, accountId: '1000000000000099' }, fixture.rootKey);
    await expect(stranger.invokeFunction('service', 'echo', '')).rejects.toMatchObject({
      code: 'InvalidArgument',
      message: expect.stringContaining('1000000000000099'),
    });
    const headers = { 'x-fc-account-id': ACCOUNT_ID };
    expect((await fc3.invoke('echo', 'in', { headers })).body).toBe('in');
  });
});

describe('InvokeFunction of FC 3.0 through its SDK', () => {
  it('hands over the event as a Buffer and answers with the JSON of an object', async () => {
    fixture.createFunction(
      'echo',
      `exports.handler = async (event) => ({ isBuffer: Buffer.isBuffer(event), text: event.toString() });`,
    );
    const answer = await fc3.invoke('echo', '{"a":"é"}');
    expect(answer.status).toBe(200);
    expect(answer.headers['x-fc-error-type']).toBeUndefined();
    expect(JSON.parse(answer.body)).toEqual({ isBuffer: true, text: '{"a":"é"}' });
  });

  it.each([
    ['a Buffer as it is', `Buffer.from('é')`, 'é'],
    ['text as it is', `'plain "text"'`, 'plain "text"'],
    ['a number as text', '42', '42'],
    ['an array as JSON', '[1,"a"]', '[1,"a"]'],
    ['nothing as nothing', 'undefined', ''],
  ])('answers with %s', async (_what, value, expected) => {
    fixture.createFunction('value', `exports.handler = async () => ${value};`);
    expect((await fc3.invoke('value', 'x')).body).toBe(expected);
  });

  it('answers with what the callback gets', async () => {
    fixture.createFunction(
      'callback',
      `exports.handler = (event, context, callback) => setTimeout(() => callback(null, 'late'), 5);`,
    );
    expect((await fc3.invoke('callback', 'x')).body).toBe('late');
  });

  it("takes 32 MB, and refuses more with the service's own error", async () => {
    fixture.createFunction('size', `exports.handler = async (event) => String(event.length);`, {
      memorySizeMb: 512,
    });
    const limit = 32 * 1024 * 1024;
    expect((await fc3.invoke('size', Buffer.alloc(limit))).body).toBe(String(limit));
    await expect(fc3.invoke('size', Buffer.alloc(limit + 1))).rejects.toMatchObject({
      code: 'EntityTooLarge',
    });
  });

  it('answers 200 with x-fc-error-type to an error that the function throws', async () => {
    fixture.createFunction(
      'fails',
      `class Refused extends Error { name = 'Refused'; }
       exports.handler = async () => { throw new Refused('not today'); };`,
    );
    const answer = await fc3.invoke('fails', 'x');
    expect(answer.status).toBe(200);
    expect(answer.headers['x-fc-error-type']).toBe('UnhandledInvocationError');
    const body = JSON.parse(answer.body);
    expect(body).toMatchObject({ errorMessage: 'not today', errorType: 'Refused' });
    expect(body.stackTrace[0]).toBe('Refused: not today');
    expect(fixture.functionCompute.invocations()).toMatchObject([
      { status: 'failed', errorName: 'Refused', errorMessage: 'not today' },
    ]);
  });

  it('calls an error that goes through the callback handled', async () => {
    fixture.createFunction(
      'handled',
      `exports.handler = (event, context, callback) => callback(new Error('known'));`,
    );
    const answer = await fc3.invoke('handled', 'x');
    expect(answer.headers['x-fc-error-type']).toBe('HandledInvocationError');
  });

  it('answers with an error when the process exits, and serves the next request', async () => {
    fixture.createFunction(
      'exits',
      `exports.handler = async (event) => { if (String(event) === 'die') process.exit(1); return 'alive'; };`,
    );
    const answer = await fc3.invoke('exits', 'die');
    expect(answer.headers['x-fc-error-type']).toBe('UnhandledInvocationError');
    expect(JSON.parse(answer.body).errorMessage).toBe(
      'Process exited unexpectedly before completing request',
    );
    expect((await fc3.invoke('exits', 'live')).body).toBe('alive');
  });

  it('answers with an error when the memory limit is passed', async () => {
    fixture.createFunction(
      'greedy',
      `exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };`,
    );
    const answer = await fc3.invoke('greedy', 'x');
    expect(JSON.parse(answer.body).errorMessage).toMatch(/^Process exited unexpectedly/);
  });

  it('answers with an error when a required module is missing', async () => {
    fixture.createFunction('broken', `require('./nope.js');`);
    expect(JSON.parse((await fc3.invoke('broken', 'x')).body).errorMessage).toMatch(
      /^Cannot find module/,
    );
  });

  it('sends the end of the log when it is asked for', async () => {
    fixture.createFunction('talks', `exports.handler = async () => { console.log('{"a":1}'); };`);
    const { headers } = await fc3.invoke('talks', 'x', { logType: 'Tail' });
    expect(Buffer.from(headers['x-fc-log-result'] ?? '', 'base64').toString()).toBe('{"a":1}');
  });

  it('refuses what it does not know', async () => {
    fixture.createFunction('known', `exports.handler = async () => 1;`);
    await expect(fc3.invoke('unknown', 'x')).rejects.toMatchObject({
      code: 'FunctionNotFound',
      statusCode: 404,
    });
    await expect(fc3.invoke('known', 'x', { qualifier: '7' })).rejects.toMatchObject({
      code: 'InvalidArgument',
    });
    await expect(
      fc3.sdk.listConcurrencyConfigs(new ListConcurrencyConfigsRequest({})),
    ).rejects.toMatchObject({
      code: 'PathNotSupported',
      message: expect.stringContaining('ListConcurrencyConfigs'),
    });
  });

  it('answers with the faults that are in force, and notes each call', async () => {
    fixture.createFunction('known', `exports.handler = async () => 1;`);
    fixture.world.faults.add({
      service: 'function-compute',
      operation: 'InvokeFunction',
      effect: { kind: 'error', code: 'InternalServerError' },
      when: { first: 1 },
    });
    await expect(fc3.invoke('known', 'x')).rejects.toMatchObject({
      code: 'InternalServerError',
      statusCode: 500,
    });
    expect((await fc3.invoke('known', 'x')).body).toBe('1');
    expect(fixture.world.journal.entries()).toMatchObject([
      { operation: 'InvokeFunction', apiVersion: '2023-03-30', errorCode: 'InternalServerError' },
      { operation: 'InvokeFunction', accountId: ACCOUNT_ID, status: 200 },
    ]);
  });

  it('takes a key only with its own secret', async () => {
    fixture.createFunction('known', `exports.handler = async () => 1;`);
    const forged = { ...fixture.rootKey, accessKeySecret: 'guess' };
    await expect(fc3Client(fixture.at, forged).invoke('known', 'x')).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    });
    expect(fixture.functionCompute.invocations()).toEqual([]);
  });

  it('lets a role in only with the permission', async () => {
    fixture.createFunction('known', `exports.handler = async () => 'in';`);
    const role = fixture.world.identities.assumeRole(ROLE_ARN, 60_000);
    await expect(fc3Client(fixture.at, role).invoke('known', 'x')).rejects.toMatchObject({
      code: 'AccessDenied',
      statusCode: 403,
    });
    fixture.world.identities.createRole(ACCOUNT_ID, 'onboarding', {
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'fc:InvokeFunction',
          Resource: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/known`,
        },
      ],
    });
    expect((await fc3Client(fixture.at, role).invoke('known', 'x')).body).toBe('in');
  });
});
