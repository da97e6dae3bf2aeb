import {
  GetAsyncTaskRequest,
  ListAsyncTasksRequest,
  StopAsyncTaskRequest,
} from '@alicloud/fc20230330';
import { describe, expect, it } from 'vitest';
import { putAsync, QUALIFIER, sweepOfEachTest } from '../../../testing/function-settings.ts';

const { fixture, sdk } = sweepOfEachTest();

describe('an asynchronous task', () => {
  const task = async (id: string) =>
    (await sdk().getAsyncTask('sweep', id, new GetAsyncTaskRequest(QUALIFIER))).body;

  it('is looked up while it is retried, and when it has ended', async () => {
    await fixture.functionCompute.deleteFunction('sweep');
    fixture.createFunction(
      'sweep',
      `exports.handler = async (event, { retryCount }) => { if (retryCount < 1) throw new Error('no'); return 'yes'; };`,
    );
    await putAsync(sdk(), { asyncTask: true });
    await fixture.functionCompute.invoke('sweep', '{"a":1}', { async: true, taskId: 'one' });
    await expect.poll(async () => (await task('one'))?.status).toBe('Retrying');
    fixture.world.clock.advance(1000);
    await fixture.functionCompute.idle();
    expect(await task('one')).toMatchObject({
      status: 'Succeeded',
      taskPayload: '{"a":1}',
      returnPayload: 'yes',
      alreadyRetriedTimes: 1,
    });
    const listed = await sdk().listAsyncTasks('sweep', new ListAsyncTasksRequest({ prefix: 'o' }));
    expect(listed.body?.tasks).toMatchObject([{ taskId: 'one', status: 'Succeeded' }]);
    await expect(task('two')).rejects.toMatchObject({ code: 'StatefulAsyncInvocationNotFound' });
  });

  it('is stopped while it runs, and not tried again', async () => {
    await fixture.functionCompute.deleteFunction('sweep');
    fixture.createFunction('sweep', `exports.handler = () => new Promise(() => {});`);
    await putAsync(sdk(), { asyncTask: true });
    await fixture.functionCompute.invoke('sweep', '', { async: true, taskId: 'one' });
    const stop = () => sdk().stopAsyncTask('sweep', 'one', new StopAsyncTaskRequest(QUALIFIER));
    await stop();
    await fixture.functionCompute.idle();
    expect((await task('one'))?.status).toBe('Stopped');
    expect(fixture.functionCompute.invocations()).toMatchObject([{ status: 'killed' }]);
    await expect(stop()).rejects.toThrow('has ended: Stopped');
  });
});
