/** Against the sandbox, which checks every signature and runs the function. */
import { afterEach, describe, expect, it } from 'vitest';
import { FunctionFailed } from '../../../alicloud/function-compute/function-failed.ts';
import { cloudErrorOf } from '../../support/adapters/errors.ts';
import {
  functionNames,
  type OperatorWorld,
  startOperatorWorld,
} from '../../support/cli/operator-functions.ts';

let world: OperatorWorld;
afterEach(() => world.close());

const options = { timeoutMs: 10_000 };

async function failureOf(call: Promise<unknown>): Promise<FunctionFailed> {
  const error = await call.catch((reason: unknown) => reason);
  if (!(error instanceof FunctionFailed)) {
    throw new Error('not a FunctionFailed', { cause: error });
  }
  return error;
}
const ECHO = 'exports.handler = async (event) => ({ got: JSON.parse(event) });';

describe.each(functionNames)('%s', (_version, functionName) => {
  it('runs the function for a role, with its token', async () => {
    world = await startOperatorWorld(functionName, ECHO);
    const { answer, requestId } = await world.connect().invoke({ accounts: ['1'] }, options);
    expect(answer).toEqual({ got: { accounts: ['1'] } });
    expect(requestId).toBe(world.functionCompute.invocations()[0]?.requestId);
  });

  it('runs the function for a user', async () => {
    world = await startOperatorWorld(functionName, ECHO);
    expect(await world.connect(world.rootKey).invoke({}, options)).toMatchObject({
      answer: { got: {} },
    });
  });

  it('hands over what the function threw', async () => {
    world = await startOperatorWorld(
      functionName,
      `exports.handler = async () => {
        throw Object.assign(new Error('2 accounts failed.'), { name: 'AccountsFailed' });
      };`,
    );
    const error = await failureOf(world.connect().invoke({}, options));
    expect({ ...error, message: error.message }).toEqual({
      name: 'FunctionFailed',
      errorType: 'UnhandledInvocationError',
      errorName: 'AccountsFailed',
      message: '2 accounts failed.',
      requestId: world.functionCompute.invocations()[0]?.requestId,
    });
  });

  it('hands over that the function was killed at its time limit', async () => {
    world = await startOperatorWorld(
      functionName,
      'exports.handler = () => new Promise(() => {});',
      { timeoutSeconds: 1 },
    );
    // Time limits stand with the clock.
    world.world.clock.setSpeed(1);
    await expect(world.connect().invoke({}, options)).rejects.toMatchObject({
      name: 'FunctionFailed',
      message: expect.stringMatching(/timed out/i),
    });
  });

  it('starts a run that goes on without it', async () => {
    world = await startOperatorWorld(functionName, ECHO);
    const { requestId } = await world.connect().start({ folder: 'fd-1' }, 'task-1', options);
    await world.functionCompute.idle();
    const [invocation] = world.functionCompute.invocations();
    expect(invocation).toMatchObject({ requestId, status: 'succeeded' });
    expect(JSON.parse(String(invocation?.result))).toEqual({ got: { folder: 'fd-1' } });
  });

  it('is refused where all instances are busy', async () => {
    world = await startOperatorWorld(functionName, ECHO, { reservedConcurrency: 0 });
    expect(await cloudErrorOf(world.connect().invoke({}, options))).toMatchObject({
      code: 'ResourceExhausted',
      statusCode: 429,
      requestId: expect.any(String),
    });
  });

  it('is refused with a secret or token that is wrong', async () => {
    world = await startOperatorWorld(functionName, ECHO);
    const forged = { ...world.role, accessKeySecret: 'guess' };
    expect(await cloudErrorOf(world.connect(forged).invoke({}, options))).toMatchObject({
      code: expect.stringMatching(/^Signature/),
    });
    const stale = { ...world.role, securityToken: 'guess' };
    const error = await cloudErrorOf(world.connect(stale).invoke({}, options));
    expect(error.statusCode).toBeGreaterThanOrEqual(400);
    expect(world.functionCompute.invocations()).toEqual([]);
  });

  it('is told that there is no such function', async () => {
    world = await startOperatorWorld(functionName, ECHO);
    const nowhere = world.connect(world.role, `${functionName}-2`);
    expect(await cloudErrorOf(nowhere.invoke({}, options))).toMatchObject({
      code: 'FunctionNotFound',
      statusCode: 404,
    });
  });
});

describe('a task id that is used again', () => {
  it.each(functionNames)('%s', async (_version, functionName) => {
    world = await startOperatorWorld(functionName, ECHO);
    world.functionCompute.putAsyncInvokeConfig(functionName, { asyncTask: true });
    const invoker = world.connect();
    await invoker.start({}, 'task-1', options);
    expect(await cloudErrorOf(invoker.start({}, 'task-1', options))).toMatchObject({
      code: 'StatefulAsyncInvocationAlreadyExists',
      statusCode: 409,
    });
    await invoker.start({}, 'task-2', options);
    await world.functionCompute.idle();
    expect(world.functionCompute.invocations()).toHaveLength(2);
  });
});
