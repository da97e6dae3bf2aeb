import { afterEach, describe, expect, it } from 'vitest';
import {
  type AccountGroupOptions,
  createAccountGroup,
} from '../../../alicloud/config/account-group.ts';
import { createRpcClient } from '../../../alicloud/rpc-client.ts';
import { cloudErrorOf, credentials } from '../../support/adapters/errors.ts';
import {
  type Answer,
  json,
  type RawServer,
  startRawServer,
  text,
} from '../../support/adapters/server.ts';

let server: RawServer;
afterEach(() => server.close());

async function connect(settings: AccountGroupOptions, ...answers: Answer[]) {
  server = await startRawServer(...answers);
  const client = createRpcClient({
    endpoint: server.url,
    credentials,
    countCall: () => undefined,
  });
  return createAccountGroup(client, settings);
}

const options = { timeoutMs: 5_000 };

function calls(): string[] {
  return server.seen.map(({ body }) => {
    const sent = new URLSearchParams(body.toString());
    return [sent.get('Action'), sent.get('NextToken') ?? sent.get('AggregatorId')]
      .filter((part) => part !== null)
      .join(' ');
  });
}

function list(groups: unknown[], nextToken?: string): Answer {
  return json({
    RequestId: 'L',
    AggregatorsResult: { Aggregators: groups, NextToken: nextToken },
  });
}

const enterprise = { AggregatorId: 'ca-1', AggregatorType: 'RD', AggregatorStatus: 1 };

// Ids as the service writes them: integers that a double can't hold exactly.
const group = text(
  '{"RequestId":"G","Aggregator":{"AggregatorId":"ca-1","AggregatorAccounts":[' +
    '{"AccountId":9007199254740993,"AccountName":"network","RecorderStatus":"REGISTERED"},' +
    '{"AccountId":"1000000000000003","RecorderStatus":"BUILDING"},' +
    '{"AccountId":123456,"AccountName":null}]}}',
);

const unknownGroup = json({ Code: 'Invalid.AggregatorId.Value', Message: 'No.' }, 400);

describe('the group is discovered', () => {
  it('and read, with exact account ids', async () => {
    const accountGroup = await connect({}, list([enterprise]), group);
    expect(await accountGroup.read(options)).toEqual({
      groupId: 'ca-1',
      requestId: 'G',
      members: new Map([
        ['9007199254740993', { name: 'network', recorderStatus: 'REGISTERED' }],
        ['1000000000000003', { recorderStatus: 'BUILDING' }],
        ['123456', {}],
      ]),
    });
    expect(calls()).toEqual(['ListAggregators', 'GetAggregator ca-1']);
    const [first] = server.seen;
    const sent = new URLSearchParams(first?.body.toString());
    expect(sent.get('Version')).toBe('2020-09-07');
    expect(sent.get('MaxResults')).toBe('100');
  });

  it('over all pages, and only the RD group in normal state', async () => {
    const accountGroup = await connect(
      {},
      list(
        [
          { AggregatorId: 'ca-8', AggregatorType: 'CUSTOM', AggregatorStatus: 1 },
          { AggregatorId: 'ca-9', AggregatorType: 'RD', AggregatorStatus: 2 },
        ],
        'page-2',
      ),
      list([enterprise]),
      group,
    );
    expect(await accountGroup.read(options)).toMatchObject({ groupId: 'ca-1' });
    expect(calls()).toEqual(['ListAggregators', 'ListAggregators page-2', 'GetAggregator ca-1']);
  });

  it('once: its id is remembered', async () => {
    const accountGroup = await connect({}, list([enterprise]), group);
    await accountGroup.read(options);
    await accountGroup.read(options);
    expect(calls()).toEqual(['ListAggregators', 'GetAggregator ca-1', 'GetAggregator ca-1']);
  });

  it('again, when the one that was found is gone', async () => {
    const accountGroup = await connect(
      {},
      list([enterprise]),
      unknownGroup,
      list([{ ...enterprise, AggregatorId: 'ca-2' }]),
      group,
    );
    expect(await accountGroup.read(options)).toBeUndefined();
    expect(await accountGroup.read(options)).toMatchObject({ groupId: 'ca-2' });
  });

  it.each([
    ['none exists', list([])],
    ['the list is left out', json({ AggregatorsResult: {} })],
    ['it is still being created', list([{ ...enterprise, AggregatorStatus: 0 }])],
    ['Config was never activated', json({ Code: 'AccountNotExisted', Message: 'No.' }, 404)],
  ])('not, when %s', async (_name, answer) => {
    const accountGroup = await connect({}, answer);
    expect(await accountGroup.read(options)).toBeUndefined();
    expect(await accountGroup.read(options)).toBeUndefined();
    expect(calls()).toEqual(['ListAggregators', 'ListAggregators']);
  });

  it('within the time of one read', async () => {
    const drip: Answer = (response, request) => {
      setTimeout(() => list([], 'again')(response, request), 40);
    };
    const accountGroup = await connect({}, drip);
    expect(await cloudErrorOf(accountGroup.read({ timeoutMs: 100 }))).toMatchObject({
      code: 'NoAnswer',
    });
    expect(server.seen.length).toBeLessThan(4);
  });

  it('without going in circles', async () => {
    const accountGroup = await connect({}, list([], 'again'));
    expect(await cloudErrorOf(accountGroup.read(options))).toMatchObject({
      code: 'MalformedAnswer',
      operation: 'ListAggregators',
    });
  });
});

describe('a configured group', () => {
  it('is read without a look at the list', async () => {
    const accountGroup = await connect({ groupId: 'ca-7' }, group);
    expect(await accountGroup.read(options)).toMatchObject({ groupId: 'ca-7' });
    expect(calls()).toEqual(['GetAggregator ca-7']);
  });

  it('that does not exist is an error', async () => {
    const accountGroup = await connect({ groupId: 'ca-7' }, unknownGroup);
    expect(await cloudErrorOf(accountGroup.read(options))).toMatchObject({
      code: 'Invalid.AggregatorId.Value',
      operation: 'GetAggregator',
    });
  });

  it('is not there before Config was activated', async () => {
    const accountGroup = await connect(
      { groupId: 'ca-7' },
      json({ Code: 'AccountNotExisted', Message: 'No.' }, 404),
    );
    expect(await accountGroup.read(options)).toBeUndefined();
  });
});

it.each([
  '{"Aggregator":{}}',
  '{"Aggregator":null}',
  '{}',
  '{"Aggregator":{"AggregatorAccounts":[{"AccountId":null}]}}',
  '{"Aggregator":{"AggregatorAccounts":[{"AccountId":{"a":1}}]}}',
  '{"Aggregator":{"AggregatorAccounts":[{"AccountId":1.5}]}}',
])('refuses a group without its accounts: %s', async (body) => {
  const accountGroup = await connect({ groupId: 'ca-1' }, text(body));
  expect(await cloudErrorOf(accountGroup.read(options))).toMatchObject({
    code: 'MalformedAnswer',
    operation: 'GetAggregator',
  });
});

it('reads a group of 10,000 accounts', async () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => `10000000000${10_000 + index}`);
  const accounts = ids.map(
    (id) => `{"AccountId":${id},"AccountName":"account","RecorderStatus":"REGISTERED"}`,
  );
  const accountGroup = await connect(
    { groupId: 'ca-1' },
    text(`{"Aggregator":{"AggregatorAccounts":[${accounts.join()}]}}`),
  );
  const reading = await accountGroup.read(options);
  expect([...(reading?.members.keys() ?? [])]).toEqual(ids);
});
