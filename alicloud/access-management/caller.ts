import * as v from 'valibot';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { exactId, parseAnswer, type RpcClient } from '../rpc-client.ts';

/** Whose credentials a request is signed with. */
export interface Caller {
  readonly accountId: string;
  /** For example `acs:ram::1000000000000001:user/operator`. */
  readonly arn: string;
  /** The account itself, for which no policy is asked. */
  readonly isAccount: boolean;
}

const callerSchema = v.object({ IdentityType: v.string(), AccountId: exactId, Arn: v.string() });

/**
 * Asks Security Token Service, which answers everybody. Safe to repeat. Rejects with a `CloudError`.
 * Source: STS 2015-04-01, "GetCallerIdentity".
 */
export async function readCaller(client: RpcClient, options: CallOptions): Promise<Caller> {
  const operation = 'GetCallerIdentity';
  const answer = await client.call('2015-04-01', operation, {}, options);
  const { IdentityType, AccountId, Arn } = parseAnswer(operation, callerSchema, answer);
  return { accountId: AccountId, arn: Arn, isAccount: IdentityType === 'Account' };
}
