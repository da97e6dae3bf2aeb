import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { parseAnswer, type RpcClient } from '../rpc-client.ts';

/** A flow of CloudFlow. */
export interface Flow {
  /** Its text, YAML. */
  readonly definition: string;
  /** The role that it acts in. */
  readonly roleArn: string;
}

const flowSchema = v.object({ Definition: v.string(), RoleArn: v.nullish(v.string(), '') });

/**
 * A flow as it is now; `undefined` when there is none of this name. Safe to repeat. Rejects with a
 * `CloudError`. Source: CloudFlow 2019-03-15, "DescribeFlow".
 */
export async function readFlow(
  client: RpcClient,
  name: string,
  options: CallOptions,
): Promise<Flow | undefined> {
  const operation = 'DescribeFlow';
  try {
    const answer = await client.call('2019-03-15', operation, { Name: name }, options);
    const { Definition, RoleArn } = parseAnswer(operation, flowSchema, answer);
    return { definition: Definition, roleArn: RoleArn ?? '' };
  } catch (error) {
    if (isCloudError(error) && error.code === 'FlowNotExists') return undefined;
    throw error;
  }
}
