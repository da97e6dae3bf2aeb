import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import { startWithStack } from '../../testing/operator-reads.ts';
import type { Credentials } from '../../world/identities.ts';

interface MessageAnswer {
  readonly body: Readonly<Record<string, string>>;
}

/** The SDK has no types. */
const Mns: new (
  accountId: string,
  options: Readonly<Record<string, unknown>>,
) => {
  getQueueAttributes(
    name: string,
  ): Promise<{ readonly code: number; readonly body: Readonly<Record<string, string>> }>;
  listQueue(): Promise<unknown>;
  receiveMessage(name: string, waitSeconds?: number): Promise<MessageAnswer>;
  peekMessage(name: string): Promise<MessageAnswer>;
  deleteMessage(name: string, receiptHandle: string): Promise<{ readonly code: number }>;
  batchReceiveMessage(name: string, most: number): Promise<unknown>;
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

describe('messages through @alicloud/mns', () => {
  const named = (code: string) => ({ name: expect.stringContaining(code) });

  it('are received one by one, and are gone when they are deleted', async () => {
    const { sandbox, clientOf } = await start();
    sandbox.messageService.send('failed', '<one & "only">');
    sandbox.messageService.send('failed', 'two');
    const first = (await clientOf().receiveMessage('failed')).body;
    expect(first).toMatchObject({
      MessageBody: '<one & "only">',
      MessageBodyMD5: createHash('md5').update('<one & "only">').digest('hex').toUpperCase(),
      DequeueCount: '1',
      Priority: '8',
      NextVisibleTime: String(Number(first.FirstDequeueTime) + 30_000),
    });
    const second = (await clientOf().receiveMessage('failed')).body;
    expect(second.MessageBody).toBe('two');
    await expect(clientOf().receiveMessage('failed')).rejects.toMatchObject(
      named('MessageNotExist'),
    );
    expect((await clientOf().getQueueAttributes('failed')).body).toMatchObject({
      ActiveMessages: '0',
      InactiveMessages: '2',
    });
    expect((await clientOf().deleteMessage('failed', first.ReceiptHandle ?? '')).code).toBe(204);
    expect(sandbox.messageService.messages('failed').map(({ body }) => body)).toEqual(['two']);
    await expect(
      clientOf().deleteMessage('failed', first.ReceiptHandle ?? ''),
    ).rejects.toMatchObject(named('ReceiptHandleError'));
  });

  it('come back when nobody deletes them in time', async () => {
    const { sandbox, clientOf } = await start();
    sandbox.messageService.send('failed', 'one');
    const first = (await clientOf().receiveMessage('failed')).body;
    sandbox.world.clock.advance(29_999);
    await expect(clientOf().peekMessage('failed')).rejects.toMatchObject(named('MessageNotExist'));
    sandbox.world.clock.advance(1);
    await expect(
      clientOf().deleteMessage('failed', first.ReceiptHandle ?? ''),
    ).rejects.toMatchObject(named('MessageNotExist'));
    const peeked = (await clientOf().peekMessage('failed')).body;
    expect(peeked).toMatchObject({ MessageBody: 'one', DequeueCount: '1' });
    expect(peeked).not.toHaveProperty('ReceiptHandle');
    const again = (await clientOf().receiveMessage('failed')).body;
    expect(again).toMatchObject({
      MessageId: first.MessageId,
      DequeueCount: '2',
      FirstDequeueTime: first.FirstDequeueTime,
    });
    expect(again.ReceiptHandle).not.toBe(first.ReceiptHandle);
  });

  it('are waited for, on the clock', async () => {
    const { sandbox, clientOf } = await start();
    const receive = vi.spyOn(sandbox.messageService, 'receive');
    const arrived = async () => {
      await vi.waitFor(() => expect(receive).toHaveBeenCalledOnce());
      receive.mockClear();
    };
    const soon = clientOf().receiveMessage('failed', 20);
    await arrived();
    sandbox.messageService.send('failed', 'late');
    expect((await soon).body.MessageBody).toBe('late');
    const held = clientOf().receiveMessage('failed', 30);
    await arrived();
    sandbox.world.clock.advance(30_000);
    expect((await held).body.DequeueCount).toBe('2');
    const never = clientOf().receiveMessage('failed', 20);
    await arrived();
    sandbox.world.clock.advance(20_000);
    await expect(never).rejects.toMatchObject(named('MessageNotExist'));
    await expect(clientOf().receiveMessage('failed', 31)).rejects.toMatchObject(
      named('InvalidArgument'),
    );
  });

  it('can be refused by a fault', async () => {
    const { sandbox, clientOf } = await start();
    sandbox.faults.add({
      service: 'message-service',
      operation: 'ReceiveMessage',
      effect: { kind: 'error', code: 'InternalError' },
      when: { always: true },
    });
    await expect(clientOf().receiveMessage('failed')).rejects.toMatchObject(named('InternalError'));
  });

  it('are for those who may', async () => {
    const { sandbox, clientOf, keyOf } = await start();
    sandbox.messageService.send('failed', 'one');
    const where = `acs:mns:cn-hangzhou:${sandbox.managementAccountId}:/queues/failed/messages`;
    await expect(clientOf(keyOf('mns:PeekMessage')).receiveMessage('failed')).rejects.toMatchObject(
      {
        ...named('AccessDenied'),
        message: expect.stringContaining(`mns:ReceiveMessage, resource: ${where}`),
      },
    );
    await clientOf(keyOf('mns:ReceiveMessage', where)).receiveMessage('failed');
    await expect(clientOf().batchReceiveMessage('failed', 2)).rejects.toMatchObject(
      named('SandboxUnsupportedOperation'),
    );
  });
});
