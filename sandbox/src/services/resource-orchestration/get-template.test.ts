import { GetTemplateRequest } from '@alicloud/ros20190910';
import { expect, it } from 'vitest';
import { startWithStack } from '../../testing/operator-reads.ts';

const QUEUE = { Type: 'ALIYUN::MNS::Queue', Properties: { QueueName: 'failed' } };
const REGION = { regionId: 'cn-hangzhou' };

it('GetTemplate shows the text that a stack was made of, to those who may', async () => {
  const { ros, stackId, templateBody, keyOf } = await startWithStack({ Queue: QUEUE });
  const { body } = await ros().getTemplate(new GetTemplateRequest({ ...REGION, stackId }));
  expect(body).toMatchObject({ stackId, templateBody });
  await expect(
    ros().getTemplate(new GetTemplateRequest({ ...REGION, stackId: 'other' })),
  ).rejects.toMatchObject({ code: 'StackNotFound' });
  await expect(
    ros(keyOf('ros:GetStack')).getTemplate(new GetTemplateRequest({ ...REGION, stackId })),
  ).rejects.toMatchObject({
    code: 'Forbidden',
    accessDeniedDetail: { AuthAction: 'ros:GetTemplate' },
  });
});
