import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { startWithStack } from '../../testing/operator-reads.ts';
import type { Credentials } from '../../world/identities.ts';

/** The SDK has no types. */
const Mns: new (
  accountId: string,
  options: Readonly<Record<string, unknown>>,
) => {
  getQueueAttributes(
    name: string,
  ): Promise<{ readonly code: number; readonly body: Readonly<Record<string, string>> }>;
  listQueue(): Promise<unknown>;
} = createRequire(import.meta.url)('@alicloud/mns');

async function start() {
  const { sandbox, keyOf } = await startWithStack({
    Failed: {
      Type: 'ALIYUN::MNS::Queue',
      Properties: { QueueName: 'failed', MessageRetentionPeriod: 604_800 },
    },
  });
  const clientOf = (credentials: Credentials = sandbox.credentials) =>
    new Mns(sandbox.managementAccountId, {
      endpoint: sandbox.endpoint,
      accessKeyId: credentials.accessKeyId,
      accessKeySecret: credentials.accessKeySecret,
      securityToken: credentials.securityToken,
    });
  return { sandbox, clientOf, keyOf };
}

describe('GetQueueAttributes through @alicloud/mns', () => {
  it('shows the settings of a queue, and how many messages it has', async () => {
    const { sandbox, clientOf } = await start();
    sandbox.messageService.send('failed', 'one');
    sandbox.messageService.send('failed', 'two');
    const { body } = await clientOf().getQueueAttributes('failed');
    expect(body).toMatchObject({
      QueueName: 'failed',
      ActiveMessages: '2',
      MessageRetentionPeriod: '604800',
      VisibilityTimeout: '30',
    });
  });

  it('says what is not there, and what is not modelled', async () => {
    const { clientOf } = await start();
    await expect(clientOf().getQueueAttributes('other')).rejects.toMatchObject({
      name: expect.stringContaining('QueueNotExist'),
    });
    await expect(clientOf().listQueue()).rejects.toMatchObject({
      name: expect.stringContaining('SandboxUnsupportedOperation'),
    });
  });

  it('is signed, and for those who may', async () => {
    const { sandbox, clientOf, keyOf } = await start();
    const forged = clientOf({ ...sandbox.credentials, accessKeySecret: 'guess' });
    await expect(forged.getQueueAttributes('failed')).rejects.toMatchObject({
      name: expect.stringContaining('SignatureDoesNotMatch'),
    });
    await expect(
      clientOf(keyOf('mns:SendMessage')).getQueueAttributes('failed'),
    ).rejects.toMatchObject({
      name: expect.stringContaining('AccessDenied'),
      message: expect.stringContaining('mns:GetQueueAttributes'),
    });
    const { code } = await clientOf(keyOf('mns:GetQueueAttributes')).getQueueAttributes('failed');
    expect(code).toBe(200);
  });
});
