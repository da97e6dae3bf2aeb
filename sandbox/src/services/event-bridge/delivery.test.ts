import { describe, expect, it } from 'vitest';
import {
  accountCreated,
  createRule,
  payloads,
  startEventBridgeSandbox,
} from '../../testing/event-bridge-sandbox.ts';
import { SERVICE_LINKED_ROLES } from '../access-management/service-linked-roles.ts';

describe('delivery', () => {
  it('to a function that is not there fails, is retried, and ends in the dead-letter queue', async () => {
    const sandbox = await startEventBridgeSandbox();
    await createRule(sandbox, { DeadLetterQueue: { Arn: sandbox.queueArn } });
    await accountCreated(sandbox);
    for (let retry = 1; retry <= 3; retry += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      sandbox.world.clock.advance(20_000);
    }
    await sandbox.eventBus.idle();
    expect(sandbox.eventBus.deliveries().map(({ status }) => status)).toEqual([
      'push-failed',
      'push-failed',
      'push-failed',
      'push-failed',
      'dead-lettered',
    ]);
    expect(sandbox.messageService.messages('undelivered')).toHaveLength(1);
  });

  it('needs a service-linked role for each step', async () => {
    const { actionTrailEvents, sendToFunctions, sendToQueues } = SERVICE_LINKED_ROLES;
    const sandbox = await startEventBridgeSandbox({ serviceLinkedRoles: [] });
    sandbox.createLook();
    await createRule(sandbox, { DeadLetterQueue: { Arn: sandbox.queueArn } });
    await accountCreated(sandbox);
    expect(sandbox.eventBus.deliveries()).toMatchObject([
      { status: 'dropped', reason: expect.stringContaining(actionTrailEvents.roleName) },
    ]);

    sandbox.access.createServiceLinkedRole(actionTrailEvents.serviceName);
    await accountCreated(sandbox);
    for (let retry = 1; retry <= 3; retry += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      sandbox.world.clock.advance(20_000);
    }
    await sandbox.eventBus.idle();
    expect(sandbox.eventBus.deliveries()[1]).toMatchObject({
      status: 'push-failed',
      reason: expect.stringContaining(sendToFunctions.roleName),
    });
    expect(sandbox.eventBus.deliveries().at(-1)).toMatchObject({
      status: 'given-up',
      reason: expect.stringContaining(sendToQueues.roleName),
    });

    sandbox.access.createServiceLinkedRole(sendToFunctions.serviceName);
    await accountCreated(sandbox);
    expect(payloads(sandbox)).toHaveLength(1);
  });
});
