import { ServiceError } from '../../protocols/service-error.ts';
import type { World } from '../../world/world.ts';
import type { MessageService } from '../message-service/message-service.ts';
import { queueOfArn } from '../message-service/queue-arn.ts';
import { functionComputeError } from './errors.ts';

/** A failed request whose record could not be sent. */
export interface LostRecord {
  /** On the sandbox's clock. */
  readonly atMs: number;
  readonly requestId: string;
  readonly destination: string;
  readonly reason: string;
}

export interface FailureDestination {
  /** Throws a `ServiceError` where the role may not send to it or it isn't there. */
  assertUsable(arn: string, roleArn: string | undefined): void;
  /** Sends as the role. What can't be sent is noted, and lost as in the cloud. */
  send(arn: string, roleArn: string | undefined, requestId: string, record: unknown): void;
  lost(): readonly LostRecord[];
}

/** Queues only. Source: "Result callback", required permission. */
export function createFailureDestination(options: {
  readonly world: World;
  readonly accountId: string;
  readonly messageService: MessageService;
}): FailureDestination {
  const { world, accountId, messageService } = options;
  const lost: LostRecord[] = [];

  const usableQueue = (arn: string, roleArn: string | undefined): string => {
    const queue = queueOfArn(arn, 'destination', { region: world.region, accountId });
    if (queue === undefined || !messageService.hasQueue(queue)) {
      throw functionComputeError('InvalidArgument', `the queue of ${arn} does not exist`);
    }
    const role = roleArn === undefined ? undefined : world.identities.role(roleArn);
    if (!role?.allows('mns:SendMessage', arn)) {
      throw functionComputeError(
        'AccessDenied',
        `the function's role may not mns:SendMessage on ${arn}`,
      );
    }
    return queue;
  };

  return {
    assertUsable: (arn, roleArn) => void usableQueue(arn, roleArn),
    send: (arn, roleArn, requestId, record) => {
      try {
        messageService.send(usableQueue(arn, roleArn), JSON.stringify(record));
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        const { message: reason } = error;
        lost.push({ atMs: world.clock.now(), requestId, destination: arn, reason });
      }
    },
    lost: () => [...lost],
  };
}
