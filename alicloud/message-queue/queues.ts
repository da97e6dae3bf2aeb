import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { parseAnswer, type RpcClient } from '../rpc-client.ts';

/** A queue of Simple Message Queue. */
export interface Queue {
  readonly retentionSeconds: number;
}

const queueSchema = v.object({ Data: v.object({ MessageRetentionPeriod: v.number() }) });

/** The first is of the API's own error table, the others were met by its public users. */
const ABSENT = ['QueueNotExist', 'ResourceNotFound:QueueName', 'RESOURCE_NOT_FOUND'];

/**
 * A queue as it is now; `undefined` when there is none of this name. Safe to repeat. Rejects with a
 * `CloudError`. Source: Simple Message Queue (Mns-open) 2022-01-19, "GetQueueAttributes".
 */
export async function readQueue(
  client: RpcClient,
  name: string,
  options: CallOptions,
): Promise<Queue | undefined> {
  const operation = 'GetQueueAttributes';
  try {
    const answer = await client.call('2022-01-19', operation, { QueueName: name }, options);
    const { Data } = parseAnswer(operation, queueSchema, answer);
    return { retentionSeconds: Data.MessageRetentionPeriod };
  } catch (error) {
    if (isCloudError(error) && ABSENT.includes(error.code)) return undefined;
    throw error;
  }
}
