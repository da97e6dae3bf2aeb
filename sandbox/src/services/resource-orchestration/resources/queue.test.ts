import { describe, expect, it } from 'vitest';
import {
  eachTestWithStack,
  type Properties,
  resource,
} from '../../../testing/orchestration-resources.ts';
import { ACCOUNT_ID } from '../../../testing/orchestration-sandbox.ts';

const { sandbox, create, update, remove } = eachTestWithStack();

describe('ALIYUN::MNS::Queue', () => {
  const queue = (properties: Properties) => ({
    Queue: resource('ALIYUN::MNS::Queue', { QueueName: 'failures', ...properties }),
  });

  it('is created, changed and deleted; its name can not be changed', async () => {
    const { stackId, outputs } = create(queue({ MessageRetentionPeriod: 604_800 }), {
      Url: { Value: { 'Fn::GetAtt': ['Queue', 'QueueUrl'] } },
    });
    expect(outputs.Url).toBe(`http://${ACCOUNT_ID}.mns.cn-hangzhou.aliyuncs.com/queues/failures`);
    sandbox.messageService.send('failures', 'one');
    const changed = queue({ MessageRetentionPeriod: 604_800, VisibilityTimeout: 60 });
    expect(await update(stackId, changed)).toBe('UPDATE_COMPLETE');
    const shorter = queue({ MessageRetentionPeriod: 60, VisibilityTimeout: 60 });
    expect(await update(stackId, shorter)).toBe('UPDATE_COMPLETE');
    expect(await update(stackId, queue({ QueueName: 'other' }))).toBe('ROLLBACK_COMPLETE');
    expect(sandbox.messageService.messages('failures')).toHaveLength(1);
    expect(await remove(stackId)).toBe('DELETE_COMPLETE');
    expect(sandbox.messageService.hasQueue('failures')).toBe(false);
  });
});
