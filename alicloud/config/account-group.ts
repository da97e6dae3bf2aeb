import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { GroupMember, GroupReading } from '../../workflows/onboarding/model.ts';
import type { AccountGroup, CallOptions } from '../../workflows/onboarding/ports.ts';
import { malformedAnswer } from '../failure.ts';

import { exactId, parseAnswer, type RpcClient } from '../rpc-client.ts';
import { timeLeft } from '../timeout.ts';

const API_VERSION = '2020-09-07';
const PAGE_SIZE = 100;
/** Five groups an owner are allowed: this many pages means that the tokens go in a circle. */
const MAX_PAGES = 20;
const STATUS_NORMAL = 1;

const listSchema = v.object({
  AggregatorsResult: v.object({
    Aggregators: v.nullish(
      v.array(
        v.object({
          AggregatorId: v.string(),
          AggregatorType: v.nullish(v.string()),
          AggregatorStatus: v.nullish(v.union([v.number(), v.string()])),
        }),
      ),
    ),
    NextToken: v.nullish(v.string()),
  }),
});

const groupSchema = v.object({
  Aggregator: v.object({
    // Required: an answer without it must not read as a group that has lost its members.
    AggregatorAccounts: v.array(
      v.object({
        AccountId: exactId,
        AccountName: v.nullish(v.string()),
        RecorderStatus: v.nullish(v.string()),
      }),
    ),
  }),
});

export interface AccountGroupOptions {
  /** Default: the group of type RD that is in normal state, looked for at the first read. */
  readonly groupId?: string;
}

export function createAccountGroup(
  client: RpcClient,
  options: AccountGroupOptions = {},
): AccountGroup {
  let discoveredId: string | undefined;

  return {
    async read({ timeoutMs }) {
      const leftMs = timeLeft(timeoutMs);
      const left = () => ({ timeoutMs: leftMs() });
      try {
        const groupId = options.groupId ?? discoveredId ?? (await discover(client, left));
        if (groupId === undefined) {
          return undefined;
        }
        discoveredId = groupId;
        return await readGroup(client, groupId, left());
      } catch (error) {
        const code = isCloudError(error) ? error.code : undefined;
        if (code === 'AccountNotExisted') {
          return undefined;
        }
        if (code === 'Invalid.AggregatorId.Value' && options.groupId === undefined) {
          // Deleted since: the next read looks for its successor.
          discoveredId = undefined;
          return undefined;
        }
        throw error;
      }
    },
  };
}

async function discover(client: RpcClient, left: () => CallOptions): Promise<string | undefined> {
  const operation = 'ListAggregators';
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = { MaxResults: PAGE_SIZE, NextToken: token };
    const answer = await client.call(API_VERSION, operation, params, left());
    const { AggregatorsResult: result } = parseAnswer(operation, listSchema, answer);
    const found = result.Aggregators?.find(
      (group) => group.AggregatorType === 'RD' && Number(group.AggregatorStatus) === STATUS_NORMAL,
    );
    if (found !== undefined) {
      return found.AggregatorId;
    }
    token = result.NextToken ?? '';
    if (token === '') {
      return undefined;
    }
  }
  throw malformedAnswer(operation, `more than ${MAX_PAGES} pages`);
}

async function readGroup(
  client: RpcClient,
  groupId: string,
  options: CallOptions,
): Promise<GroupReading> {
  const operation = 'GetAggregator';
  const answer = await client.call(API_VERSION, operation, { AggregatorId: groupId }, options);
  const { Aggregator: group } = parseAnswer(operation, groupSchema, answer);
  const members = new Map<string, GroupMember>();
  for (const account of group.AggregatorAccounts) {
    members.set(account.AccountId, {
      ...(typeof account.AccountName === 'string' && { name: account.AccountName }),
      ...(typeof account.RecorderStatus === 'string' && { recorderStatus: account.RecorderStatus }),
    });
  }
  return {
    groupId,
    members,
    requestId: answer.requestId,
  };
}
