import {
  ListTriggersRequest,
  UpdateTriggerInput,
  UpdateTriggerRequest,
} from '@alicloud/fc20230330';
import { describe, expect, it } from 'vitest';
import { createTrigger, sweepOfEachTest, TIMER } from '../../../testing/function-settings.ts';

const { fixture, sdk } = sweepOfEachTest();

const updateTrigger = (changes: Record<string, unknown>) =>
  sdk().updateTrigger(
    'sweep',
    'often',
    new UpdateTriggerRequest({ body: new UpdateTriggerInput(changes) }),
  );

const rings = async () => {
  await fixture.functionCompute.idle();
  return fixture.functionCompute.invocations().length;
};

describe('a trigger', () => {
  it('rings on the clock, is changed, shown, listed, and deleted', async () => {
    await createTrigger(sdk());
    fixture.world.clock.advance(300_000);
    expect(await rings()).toBe(1);
    await updateTrigger({
      triggerConfig: JSON.stringify({ ...TIMER, cronExpression: '@every 1m' }),
    });
    fixture.world.clock.advance(120_000);
    expect(await rings()).toBe(3);
    const { body } = await sdk().getTrigger('sweep', 'often');
    expect(body).toMatchObject({ triggerName: 'often', triggerType: 'timer', qualifier: 'LATEST' });
    expect(JSON.parse(body?.triggerConfig ?? '')).toEqual({
      ...TIMER,
      cronExpression: '@every 1m',
    });
    const listed = await sdk().listTriggers('sweep', new ListTriggersRequest({}));
    expect(listed.body?.triggers).toMatchObject([{ triggerName: 'often' }]);
    expect((await sdk().deleteTrigger('sweep', 'often')).statusCode).toBe(204);
    fixture.world.clock.advance(600_000);
    expect(await rings()).toBe(3);
    await expect(sdk().getTrigger('sweep', 'often')).rejects.toMatchObject({
      statusCode: 404,
      code: 'TriggerNotFound',
    });
  });

  it('of a name that is taken is refused', async () => {
    await createTrigger(sdk());
    await expect(createTrigger(sdk())).rejects.toMatchObject({
      statusCode: 409,
      code: 'TriggerAlreadyExists',
    });
  });

  it('for events of Alibaba Cloud services is refused with 403', async () => {
    const config = { eventSourceConfig: { eventSourceType: 'Default' } };
    await expect(
      createTrigger(sdk(), { triggerType: 'eventbridge', triggerConfig: JSON.stringify(config) }),
    ).rejects.toMatchObject({ statusCode: 403, code: 'AccessDenied' });
  });

  it.each([
    [{ triggerConfig: '{' }, 'not JSON'],
    [{ triggerConfig: JSON.stringify({ ...TIMER, cronExpresion: 'x' }) }, 'cronExpresion'],
    [{ triggerConfig: JSON.stringify({ ...TIMER, cronExpression: 'often' }) }, 'cronExpression'],
    [{ triggerType: 'http' }, "'http' is not modelled"],
    [{ qualifier: '1' }, 'qualifier'],
    [{ triggerName: '5' }, 'triggerName'],
  ])('with %j is refused', async (changes, message) => {
    await expect(createTrigger(sdk(), changes)).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidArgument',
      message: expect.stringContaining(message),
    });
  });

  it('is one of 50 at most', async () => {
    for (let number = 0; number < 50; number += 1) {
      fixture.functionCompute.createTimer('sweep', { name: `t${number}`, ...TIMER });
    }
    await expect(createTrigger(sdk())).rejects.toMatchObject({ code: 'LimitExceededError' });
  });
});
