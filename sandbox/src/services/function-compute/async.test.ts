import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachTest } from '../../testing/each-test.ts';
import { fc2Client, fc3Client } from '../../testing/function-clients.ts';
import {
  ACCOUNT_ID,
  createFunctionWorld,
  FAILED_QUEUE,
  FAILED_QUEUE_ARN,
  type FunctionWorld,
  REGION,
} from '../../testing/function-world.ts';

const FAILS = `exports.handler = async (event, context) => { throw new Error('try ' + context.retryCount); };`;
const ECHO = `exports.handler = async (event) => event;`;
const fixture = eachTest(() => createFunctionWorld({ asyncRetryDelayMs: () => 1 }));

const failedRecords = () =>
  fixture.messageService.messages(FAILED_QUEUE).map(({ body }) => JSON.parse(body));

describe('an asynchronous request', () => {
  it('is answered with 202 before it runs, by both SDKs', async () => {
    fixture.createFunction('echo', ECHO);
    fixture.createFunction('service/echo', ECHO);
    const answer = await fc3Client(fixture.at, fixture.rootKey).invoke('echo', 'three', {
      type: 'Async',
    });
    expect(answer).toMatchObject({ status: 202, body: '' });
    const { headers } = await fc2Client(fixture.at, fixture.rootKey).invokeFunction(
      'service',
      'echo',
      'two',
      { 'X-Fc-Invocation-Type': 'Async' },
    );
    await fixture.functionCompute.idle();
    expect(
      fixture.functionCompute
        .invocations()
        .map(({ requestId, mode, result }) => [requestId, mode, result.toString()])
        .sort((a, b) => String(a[2]).localeCompare(String(b[2]))),
    ).toEqual([
      [answer.headers['x-fc-request-id'], 'async', 'three'],
      [headers['x-fc-request-id'], 'async', 'two'],
    ]);
  });

  it('is tried four times by default, then its record goes to the failure destination', async () => {
    fixture.createFunction('fails', FAILS);
    fixture.functionCompute.putAsyncInvokeConfig('fails', { onFailure: FAILED_QUEUE_ARN });
    const { requestId } = await fixture.functionCompute.invoke('fails', '{"a":1}', { async: true });
    await fixture.functionCompute.idle();
    const tried = fixture.functionCompute.invocations();
    expect(tried.map(({ attempt, errorMessage }) => [attempt, errorMessage])).toEqual([
      [1, 'try 0'],
      [2, 'try 1'],
      [3, 'try 2'],
      [4, 'try 3'],
    ]);
    expect(new Set(tried.map((one) => one.requestId))).toEqual(new Set([requestId]));
    const [record] = failedRecords();
    expect(record).toEqual({
      timestamp: expect.any(Number),
      requestContext: {
        requestId,
        functionArn: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/fails`,
        condition: 'UnhandledInvocationError',
        approximateInvokeCount: 4,
      },
      requestPayload: '{"a":1}',
      responseContext: { statusCode: 200, functionError: 'UnhandledInvocationError' },
      responsePayload: expect.stringContaining('"errorMessage":"try 3"'),
    });
  });

  it('is settled all the same when its destination has gone, or its role may not send', async () => {
    fixture.createFunction('fails', FAILS);
    fixture.functionCompute.putAsyncInvokeConfig('fails', {
      maxAsyncRetryAttempts: 0,
      onFailure: FAILED_QUEUE_ARN,
    });
    const fail = async () => {
      await fixture.functionCompute.invoke('fails', '', { async: true });
      await fixture.functionCompute.idle();
    };
    fixture.messageService.deleteQueue(FAILED_QUEUE);
    await fail();
    fixture.messageService.createQueue(FAILED_QUEUE);
    const policy = { Version: '1', Statement: [] } as const;
    fixture.world.identities.createRole(ACCOUNT_ID, 'onboarding', policy);
    await fail();
    expect(failedRecords()).toEqual([]);
    expect(fixture.functionCompute.lostRecords()).toMatchObject([
      { destination: FAILED_QUEUE_ARN, reason: expect.stringContaining('does not exist') },
      { destination: FAILED_QUEUE_ARN, reason: expect.stringContaining('mns:SendMessage') },
    ]);
  });

  it('is tried as often as configured, and leaves no record when a try succeeds', async () => {
    fixture.createFunction('fails', FAILS);
    fixture.functionCompute.putAsyncInvokeConfig('fails', { maxAsyncRetryAttempts: 0 });
    fixture.createFunction(
      'recovers',
      `exports.handler = async (event, context) => { if (context.retryCount < 1) process.exit(1); return 'ok'; };`,
    );
    fixture.functionCompute.putAsyncInvokeConfig('recovers', { onFailure: FAILED_QUEUE_ARN });
    await fixture.functionCompute.invoke('fails', '', { async: true });
    await fixture.functionCompute.invoke('recovers', '', { async: true });
    await fixture.functionCompute.idle();
    const statuses = (name: string) =>
      fixture.functionCompute
        .invocations()
        .filter(({ functionName }) => functionName === name)
        .map(({ status }) => status);
    expect(statuses('fails')).toEqual(['failed']);
    expect(statuses('recovers')).toEqual(['failed', 'succeeded']);
    expect(failedRecords()).toEqual([]);
  });

  it('waits for an instance instead of being throttled', async () => {
    fixture.createFunction('narrow', ECHO, { reservedConcurrency: 1 });
    for (const text of ['1', '2', '3']) {
      await fixture.functionCompute.invoke('narrow', text, { async: true });
    }
    await fixture.functionCompute.idle();
    const all = fixture.functionCompute.invocations();
    expect(all.map(({ result }) => result.toString())).toEqual(['1', '2', '3']);
    expect(new Set(all.map(({ instanceId }) => instanceId)).size).toBe(1);
  });

  it('of more than 128 KB is refused, which a synchronous one is not', async () => {
    fixture.createFunction('echo', ECHO);
    const client = fc3Client(fixture.at, fixture.rootKey);
    const large = Buffer.alloc(128 * 1024 + 1, 'a');
    await expect(client.invoke('echo', large, { type: 'Async' })).rejects.toMatchObject({
      code: 'EntityTooLarge',
    });
    expect((await client.invoke('echo', large)).body.length).toBe(large.length);
  });

  it('with the task ID of another is refused where tasks are on', async () => {
    fixture.createFunction('echo', ECHO);
    fixture.createFunction('service/echo', ECHO);
    for (const name of ['echo', 'service/echo']) {
      fixture.functionCompute.putAsyncInvokeConfig(name, { asyncTask: true });
    }
    const fc3 = fc3Client(fixture.at, fixture.rootKey);
    await fc3.invoke('echo', '', { type: 'Async', taskId: 'run-1' });
    await expect(fc3.invoke('echo', '', { type: 'Async', taskId: 'run-1' })).rejects.toMatchObject({
      statusCode: 409,
    });
    await fc3.invoke('echo', '', { type: 'Async', taskId: 'run-2' });
    await expect(fc3.invoke('echo', '', { type: 'Async', taskId: '1 2' })).rejects.toMatchObject({
      code: 'InvalidArgument',
    });
    const fc2 = fc2Client(fixture.at, fixture.rootKey);
    const headers = {
      'x-fc-invocation-type': 'Async',
      'x-fc-stateful-async-invocation-id': 'run-1',
    };
    await fc2.invokeFunction('service', 'echo', '', headers);
    await expect(fc2.invokeFunction('service', 'echo', '', headers)).rejects.toMatchObject({
      code: 'StatefulAsyncInvocationAlreadyExists',
    });
    fixture.functionCompute.putAsyncInvokeConfig('echo', { asyncTask: false });
    await fc3.invoke('echo', '', { type: 'Async', taskId: 'run-1' });
    await fixture.functionCompute.idle();
    expect(fixture.functionCompute.invocations()).toHaveLength(4);
  });
});

describe('time', () => {
  let slow: FunctionWorld;

  beforeEach(async () => {
    slow = await createFunctionWorld({ clockSpeed: 0 });
  });

  afterEach(() => slow.close());

  const attempts = async (count: number) => {
    while (slow.functionCompute.invocations().length < count) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // The next try is on the clock a moment after the last one has ended.
    await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('between tries passes on the sandbox clock: 0.5 s, then twice as long', async () => {
    slow.createFunction('fails', FAILS);
    await slow.functionCompute.invoke('fails', '', { async: true });
    const startMs = slow.world.clock.now();
    await attempts(1);
    for (const [index, waitMs] of [500, 1000, 2000].entries()) {
      slow.world.clock.advance(waitMs - 1);
      await attempts(index + 1);
      expect(slow.functionCompute.invocations()).toHaveLength(index + 1);
      slow.world.clock.advance(1);
      await attempts(index + 2);
    }
    await slow.functionCompute.idle();
    expect(
      slow.functionCompute.invocations().map(({ startedAtMs }) => startedAtMs - startMs),
    ).toEqual([0, 500, 1500, 3500]);
  });

  it('ends a request that has become too old', async () => {
    await slow.close();
    slow = await createFunctionWorld({ clockSpeed: 0, asyncRetryDelayMs: () => 1001 });
    slow.createFunction('fails', FAILS);
    slow.functionCompute.putAsyncInvokeConfig('fails', {
      maxAsyncEventAgeInSeconds: 1,
      maxAsyncRetryAttempts: 8,
      onFailure: FAILED_QUEUE_ARN,
    });
    await slow.functionCompute.invoke('fails', '', { async: true });
    await attempts(1);
    slow.world.clock.advance(1001);
    await slow.functionCompute.idle();
    expect(slow.functionCompute.invocations()).toHaveLength(1);
    const [message] = slow.messageService.messages(FAILED_QUEUE);
    expect(JSON.parse(message?.body ?? '').requestContext).toMatchObject({
      condition: 'AsyncEventAgeExceeded',
      approximateInvokeCount: 1,
    });
  });
});
