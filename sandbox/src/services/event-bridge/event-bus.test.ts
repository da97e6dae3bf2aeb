import { beforeEach, describe, expect, it } from 'vitest';
import { accountEvent } from '../../testing/function-events.ts';
import { ACCOUNT_ID, REGION } from '../../testing/function-world.ts';
import { createWorld, type World } from '../../world/world.ts';
import { createMessageService, type MessageService } from '../message-service/message-service.ts';
import type { CloudEvent } from './cloud-event.ts';
import { createEventBus, type EventBus } from './event-bus.ts';
import { RETRY_SCHEDULES } from './retry-schedule.ts';

const QUEUE_ARN = `acs:mns:${REGION}:${ACCOUNT_ID}:/queues/undelivered`;
const PATTERN = {
  type: [{ suffix: ':ActionTrail:ApiCall' }],
  data: { eventName: ['CreateResourceAccount', 'PromoteResourceAccount'] },
};

let world: World;
let messageService: MessageService;
let bus: EventBus;
let pushed: CloudEvent[];
let refusals: number;

beforeEach(() => {
  world = createWorld({ region: REGION, speed: 0 });
  messageService = createMessageService({ world });
  messageService.createQueue('undelivered');
  bus = createEventBus({ world, accountId: ACCOUNT_ID, region: REGION, messageService });
  pushed = [];
  refusals = 0;
});

const push = async (event: CloudEvent) => {
  if (refusals > 0) {
    refusals -= 1;
    throw new Error('busy');
  }
  pushed.push(event);
};
const addRule = (target = {}) =>
  bus.addRule({ name: 'rule', pattern: PATTERN, targets: [{ push, ...target }] });
const pushedNumbers = () => pushed.map(({ id }) => Number(id.slice(-2)));
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the bus', () => {
  it('pushes what the rule matches, and nothing else', async () => {
    addRule();
    bus.publish(accountEvent(1));
    bus.publish(accountEvent(2, 'DeleteAccount'));
    bus.publish(accountEvent(3, 'PromoteResourceAccount'));
    await bus.idle();
    expect(pushedNumbers()).toEqual([1, 3]);
    expect(pushed[0]).toEqual(accountEvent(1));
    bus.removeRule('rule');
    bus.publish(accountEvent(4));
    expect(pushedNumbers()).toEqual([1, 3]);
  });

  it('takes a pattern as JSON text', async () => {
    bus.addRule({ name: 'text', pattern: JSON.stringify(PATTERN), targets: [{ push }] });
    bus.publish(accountEvent(1));
    await bus.idle();
    expect(pushedNumbers()).toEqual([1]);
  });

  it('refuses rules that it can not keep', () => {
    addRule();
    expect(() => addRule()).toThrow("'rule' already exists");
    const add = (name: string, pattern: unknown, target = {}) =>
      bus.addRule({ name, pattern, targets: [{ push, ...target }] });
    expect(() => add('bad', { type: [{ like: 'x' }] })).toThrow('like');
    expect(() => add('bad', '{')).toThrow('not JSON');
    expect(() => add('bad', {}, { deadLetterQueueArn: `${QUEUE_ARN}-2` })).toThrow(
      'does not exist',
    );
    for (let index = 2; index <= 10; index += 1) add(`rule-${index}`, {});
    expect(() => add('rule-11', {})).toThrow('exceed the limit quota [10]');
  });
});

describe('delivery', () => {
  it('makes copies with the same id', async () => {
    addRule();
    bus.delivery.set({ duplicate: 2 });
    bus.publish(accountEvent(1));
    await bus.idle();
    expect(pushedNumbers()).toEqual([1, 1, 1]);
    bus.delivery.clear();
    bus.publish(accountEvent(2));
    await bus.idle();
    expect(pushedNumbers()).toEqual([1, 1, 1, 2]);
  });

  it('is late on the sandbox clock', async () => {
    addRule();
    bus.delivery.set({ delayMs: 60_000 });
    bus.publish(accountEvent(1));
    world.clock.advance(59_999);
    await settled();
    expect(pushedNumbers()).toEqual([]);
    world.clock.advance(1);
    await bus.idle();
    expect(pushedNumbers()).toEqual([1]);
  });

  it('changes the order, the same way for the same seed', async () => {
    addRule();
    const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
    const orders: number[][] = [];
    for (const seed of [7, 7, 8]) {
      pushed = [];
      bus.delivery.set({ reorderWithinMs: 10_000, seed });
      for (const number of numbers) bus.publish(accountEvent(number));
      world.clock.advance(10_000);
      await bus.idle();
      orders.push(pushedNumbers());
    }
    expect(orders[0]).not.toEqual(numbers);
    expect([...(orders[0] ?? [])].sort()).toEqual(numbers);
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).not.toEqual(orders[0]);
  });

  it('loses events by name, or by chance with a seed', async () => {
    addRule();
    bus.delivery.set({ drop: 1 }, 'PromoteResourceAccount');
    bus.publish(accountEvent(1, 'PromoteResourceAccount'));
    bus.publish(accountEvent(2));
    await bus.idle();
    expect(pushedNumbers()).toEqual([2]);
    expect(bus.deliveries().map(({ status, eventName }) => [status, eventName])).toEqual([
      ['dropped', 'PromoteResourceAccount'],
      ['delivered', 'CreateResourceAccount'],
    ]);
    pushed = [];
    bus.delivery.set({ drop: 0.5, seed: 3 });
    for (let number = 0; number < 40; number += 1) bus.publish(accountEvent(number));
    await bus.idle();
    expect(pushed.length).toBeGreaterThan(8);
    expect(pushed.length).toBeLessThan(32);
  });
});

describe('a push that fails', () => {
  it('is tried again after 10 to 20 s, three times, then goes to the dead-letter queue', async () => {
    addRule({ deadLetterQueueArn: QUEUE_ARN });
    refusals = 9;
    bus.publish(accountEvent(1));
    for (let retry = 0; retry < 3; retry += 1) {
      await settled();
      world.clock.advance(9_999);
      await settled();
      expect(bus.deliveries()).toHaveLength(retry + 1);
      world.clock.advance(10_001);
      await settled();
    }
    await bus.idle();
    expect(bus.deliveries().map(({ status, attempt }) => [status, attempt])).toEqual([
      ['push-failed', 1],
      ['push-failed', 2],
      ['push-failed', 3],
      ['push-failed', 4],
      ['dead-lettered', 4],
    ]);
    const bodies = messageService.messages('undelivered').map(({ body }) => JSON.parse(body));
    expect(bodies).toEqual([accountEvent(1)]);
  });

  it('arrives when the target recovers', async () => {
    addRule({ retryStrategy: 'EXPONENTIAL_DECAY_RETRY' });
    refusals = 2;
    bus.publish(accountEvent(1));
    for (const waitMs of [1000, 2000]) {
      await settled();
      world.clock.advance(waitMs);
    }
    await bus.idle();
    expect(pushedNumbers()).toEqual([1]);
  });

  it('is given up, and said so, when its dead-letter queue has gone', async () => {
    addRule({ deadLetterQueueArn: QUEUE_ARN });
    refusals = 4;
    bus.publish(accountEvent(1));
    messageService.deleteQueue('undelivered');
    for (let retry = 0; retry < 3; retry += 1) {
      await settled();
      world.clock.advance(20_000);
    }
    await bus.idle();
    expect(bus.deliveries().at(-1)).toMatchObject({
      status: 'given-up',
      attempt: 4,
      reason: expect.stringContaining('does not exist'),
    });
  });

  it('is given up without a dead-letter queue', async () => {
    addRule();
    refusals = 9;
    bus.publish(accountEvent(1));
    for (let retry = 0; retry < 3; retry += 1) {
      await settled();
      world.clock.advance(20_000);
    }
    await bus.idle();
    expect(bus.deliveries().at(-1)?.status).toBe('given-up');
  });

  it('has waits of 1, 2, 4, ... 512 s in the long strategy, 176 of them over a day', () => {
    const { retries, delayMs } = RETRY_SCHEDULES.EXPONENTIAL_DECAY_RETRY;
    const seconds = Array.from(
      { length: retries },
      (_, index) => delayMs(index + 1, () => 0) / 1000,
    );
    expect(seconds.slice(0, 12)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 512, 512]);
    expect(seconds).toHaveLength(176);
    expect(seconds.reduce((sum, one) => sum + one, 0) / 3600).toBeCloseTo(23.9, 1);
  });
});
