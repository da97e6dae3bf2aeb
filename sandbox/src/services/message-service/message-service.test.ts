import { describe, expect, it } from 'vitest';
import { createWorld } from '../../world/world.ts';
import { createMessageService } from './message-service.ts';
import { queueOfArn } from './queue-arn.ts';

const WHERE = { region: 'cn-hangzhou', accountId: '123' };

describe('a queue', () => {
  it('keeps its messages in order, with the time of the sandbox', () => {
    const world = createWorld({ speed: 0, startMs: 1000 });
    const service = createMessageService({ world });
    service.createQueue('failed');
    service.send('failed', 'one');
    world.clock.advance(5);
    service.send('failed', 'two');
    service.createQueue('failed');
    expect(service.messages('failed').map(({ body, sentAtMs }) => [body, sentAtMs])).toEqual([
      ['one', 1000],
      ['two', 1005],
    ]);
  });

  it('has to exist', () => {
    const service = createMessageService({ world: createWorld() });
    expect(() => service.send('missing', 'x')).toThrow("queue 'missing' does not exist");
    expect(() => service.messages('missing')).toThrow("queue 'missing' does not exist");
    expect(service.hasQueue('missing')).toBe(false);
    expect(() => service.createQueue('a b')).toThrow('not a queue name');
  });
});

describe('the ARN of a queue', () => {
  it.each([
    ['acs:mns:cn-hangzhou:123:/queues/failed/messages', 'destination', 'failed'],
    ['acs:mns:cn-hangzhou:123:/queues/failed', 'destination', undefined],
    ['acs:mns:cn-hangzhou:123:/queues/failed', 'dead-letter', 'failed'],
    ['acs:mns:cn-beijing:123:/queues/failed/messages', 'destination', undefined],
    ['acs:mns:cn-hangzhou:456:/queues/failed/messages', 'destination', undefined],
    ['acs:mns:cn-hangzhou:123:/topics/failed/messages', 'destination', undefined],
  ] as const)('%s as %s names %s', (arn, form, expected) => {
    expect(queueOfArn(arn, form, WHERE)).toBe(expected);
  });
});
