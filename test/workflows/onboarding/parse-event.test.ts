import { describe, expect, test } from 'vitest';
import { parseAccountEvents } from '../../../workflows/onboarding/parse-event.ts';
import { sampleEvent } from '../../support/workflows/account-events.ts';
import { MANAGEMENT_ACCOUNT_ID } from '../../support/workflows/fake-ports.ts';

function parse(value: unknown, managementAccountId = MANAGEMENT_ACCOUNT_ID) {
  return parseAccountEvents(Buffer.from(JSON.stringify(value)), managementAccountId);
}

const created = sampleEvent('create-resource-account');
const createdRecord = created.data;
const CREATED = { id: '45ef4dew-dwe1-7c35-447a-000000000001', name: 'CreateResourceAccount' };
const everyMember = { kind: 'directory', excludedAccountIds: [], joined: [], event: CREATED };

describe('accounts that joined', () => {
  test('a created account', () => {
    expect(parse(created)).toEqual({
      unused: [],
      request: {
        trigger: 'event',
        scope: {
          kind: 'accounts',
          accounts: [{ accountId: '1000000000000004', name: 'sandbox', event: CREATED }],
        },
        events: [CREATED],
        dryRun: false,
      },
    });
  });

  test('an invited account, named by its handshake', () => {
    expect(parse(sampleEvent('accept-handshake')).request?.scope).toMatchObject({
      accounts: [{ accountId: '1000000000000005', event: { name: 'AcceptHandshake' } }],
    });
  });

  test('an invited account that accepts with its own identity', () => {
    const event = sampleEvent('accept-handshake');
    event.data.userIdentity = { accountId: '1000000000000005' };
    expect(parse(event).request?.scope).toMatchObject({
      accounts: [{ accountId: '1000000000000005' }],
    });
  });

  test.each(['CreateCloudAccount', 'PromoteResourceAccount'])('%s', (eventName) => {
    const { request } = parse({ ...created, data: { ...createdRecord, eventName } });
    expect(request?.scope).toMatchObject({ accounts: [{ accountId: '1000000000000004' }] });
  });

  test('a bare ActionTrail record is known by its own id', () => {
    const { request } = parse(createdRecord);
    expect(request?.events).toEqual([
      { id: '9B34724D-54B0-4A51-B34D-000000000001', name: 'CreateResourceAccount' },
    ]);
    expect(request?.scope).toMatchObject({ accounts: [{ accountId: '1000000000000004' }] });
  });

  test('data and response elements as text, an id as a number', () => {
    const data = JSON.stringify({
      ...createdRecord,
      responseElements: JSON.stringify({ Account: { AccountId: 1000000000000004 } }),
    });
    expect(parse({ ...created, data }).request?.scope).toMatchObject({
      accounts: [{ accountId: '1000000000000004' }],
    });
  });

  test('an array becomes one request; an account that appears twice is asked for once', () => {
    const again = { ...created, id: 'event-again' };
    const { request, unused } = parse([created, again, sampleEvent('accept-handshake')]);
    expect(unused).toEqual([]);
    expect(request?.scope).toMatchObject({
      kind: 'accounts',
      accounts: [
        { accountId: '1000000000000004', event: CREATED },
        { accountId: '1000000000000005' },
      ],
    });
    expect(request?.events).toHaveLength(3);
  });

  test.each([
    ['no response elements', undefined],
    ['an account without an id', { Account: { DisplayName: 'sandbox' } }],
    ['an id that is none', { Account: { AccountId: 'sandbox' } }],
    ['an id beyond what JSON numbers hold exactly', { Account: { AccountId: 2 ** 53 } }],
    [
      'a handshake that names an address',
      { Handshake: { TargetType: 'Email', TargetEntity: 'a' } },
    ],
  ])('%s: every member', (_, responseElements) => {
    const { request } = parse({ ...created, data: { ...createdRecord, responseElements } });
    expect(request?.scope).toEqual(everyMember);
  });

  test.each([
    ['responseElements', '{"Account":{"AccountId":"10000'],
    ['responseElements', ''],
    ['responseElements', 7],
    ['responseElements', null],
  ])('%s are %j: every member', (field, value) => {
    const { request, unused } = parse({ ...created, data: { ...createdRecord, [field]: value } });
    expect([unused, request?.scope]).toEqual([[], everyMember]);
  });

  test.each([
    ['userIdentity', null],
    ['userIdentity', { accountId: '' }],
    ['userIdentity', { accountId: null }],
    ['userIdentity', 'root'],
    ['recipientAccountId', null],
    ['recipientAccountId', ''],
    ['eventId', null],
    ['eventId', 12],
    ['errorCode', null],
    ['errorCode', {}],
    ['errorMessage', 7],
  ])('the record’s %s is %j, and the account joined all the same', (field, value) => {
    const { request, unused } = parse({ ...created, data: { ...createdRecord, [field]: value } });
    expect(unused).toEqual([]);
    expect(request?.scope).toMatchObject({ accounts: [{ accountId: '1000000000000004' }] });
  });

  test.each([
    ['aliyunaccountid', ''],
    ['aliyunoriginalaccountid', ''],
    ['aliyunoriginalaccountid', null],
    ['aliyunpublishtime', 'yesterday'],
  ])('the envelope’s %s is %j, and the account joined all the same', (field, value) => {
    const { request, unused } = parse({ ...created, [field]: value });
    expect(unused).toEqual([]);
    expect(request?.scope).toMatchObject({ accounts: [{ accountId: '1000000000000004' }] });
  });

  test('one unreadable account among others: every member beside them', () => {
    const unreadable = {
      ...created,
      id: 'event-2',
      data: { ...createdRecord, responseElements: {} },
    };
    expect(parse([created, unreadable]).request?.scope).toEqual({
      ...everyMember,
      joined: [{ accountId: '1000000000000004', name: 'sandbox', event: CREATED }],
      event: { id: 'event-2', name: 'CreateResourceAccount' },
    });
  });
});

test('an account without a readable name has none', () => {
  const responseElements = { Account: { AccountId: '1000000000000004', DisplayName: 7 } };
  const { request } = parse({ ...created, data: { ...createdRecord, responseElements } });
  expect(request?.scope).toMatchObject({
    accounts: [{ accountId: '1000000000000004', name: undefined }],
  });
});

test('an invitation without a readable handshake is the bus owner’s, whoever accepted it', () => {
  const accepted = sampleEvent('accept-handshake');
  const data = {
    ...accepted.data,
    responseElements: {},
    recipientAccountId: '1000000000000005',
    userIdentity: { accountId: '1000000000000005' },
  };
  expect(parse({ ...accepted, data }).unused).toEqual([]);
});

test('a bare record that nobody says to own is refused by nobody', () => {
  const { userIdentity: _, recipientAccountId: __, ...record } = createdRecord;
  expect(parse(record).unused).toEqual([]);
});

test('the caller of a bare record may be named by a number', () => {
  const record = { ...createdRecord, userIdentity: { accountId: 1000000000000009 } };
  expect(parse(record).unused).toMatchObject([{ outcome: 'rejected' }]);
  const ours = { ...createdRecord, userIdentity: { accountId: Number(MANAGEMENT_ACCOUNT_ID) } };
  expect(parse(ours).unused).toEqual([]);
});

test('the owner of a handshake may be named by a number', () => {
  const accepted = sampleEvent('accept-handshake');
  const responseElements = {
    Handshake: {
      TargetType: 'Account',
      TargetEntity: '1000000000000005',
      MasterAccountId: Number(MANAGEMENT_ACCOUNT_ID),
    },
  };
  const data = { ...accepted.data, responseElements };
  expect(parse({ ...accepted, data }).unused).toEqual([]);
});

test('a handshake whose owner can not be read says nothing of whose it is', () => {
  const accepted = sampleEvent('accept-handshake');
  const responseElements = {
    Handshake: { TargetType: 'Account', TargetEntity: '1000000000000005', MasterAccountId: 'me' },
  };
  const data = { ...accepted.data, responseElements };
  const foreign = { ...accepted, data, aliyunaccountid: '1000000000000009' };
  expect(parse({ ...accepted, data }).unused).toEqual([]);
  expect(parse(foreign).unused).toMatchObject([
    { outcome: 'rejected', reason: expect.stringContaining('1000000000000009') },
  ]);
});

test('a call of somebody with a role counts as the bus owner’s', () => {
  const userIdentity = { accountId: '1000000000000009' };
  const data = { ...createdRecord, userIdentity };
  expect(parse({ ...created, data }).unused).toEqual([]);
});

test('a handshake of ours counts, also on the bus of the account that accepts it', () => {
  const accepted = { ...sampleEvent('accept-handshake'), aliyunaccountid: '1000000000000005' };
  expect(parse(accepted).request?.scope).toMatchObject({
    accounts: [{ accountId: '1000000000000005' }],
  });
});

describe('ignored', () => {
  test('a call that failed', () => {
    const { request, unused } = parse(sampleEvent('create-resource-account-failed'));
    expect(request).toBeUndefined();
    expect(unused).toMatchObject([
      {
        outcome: 'ignored',
        trigger: 'event',
        event: { name: 'CreateResourceAccount' },
        reason: expect.stringContaining('LimitExceeded.Account'),
      },
    ]);
  });

  test('an unrelated event', () => {
    expect(parse(sampleEvent('unrelated')).unused).toMatchObject([
      { outcome: 'ignored', reason: expect.stringContaining('DeleteDisk') },
    ]);
  });

  test('an unrelated event beside one that counts', () => {
    const { request, unused } = parse([sampleEvent('unrelated'), created]);
    expect(unused).toHaveLength(1);
    expect(request?.events).toEqual([CREATED]);
  });
});

describe('rejected', () => {
  test.each([
    ['empty', ''],
    ['no JSON', '{"id":'],
    ['no UTF-8', Buffer.concat([Buffer.from('"'), Buffer.from([0xff]), Buffer.from('"')])],
  ])('%s', (_, payload) => {
    const { request, unused } = parseAccountEvents(Buffer.from(payload), MANAGEMENT_ACCOUNT_ID);
    expect(request).toBeUndefined();
    expect(unused).toMatchObject([
      { outcome: 'rejected', reason: expect.stringContaining('not JSON in UTF-8') },
    ]);
  });

  test.each([
    ['null', null],
    ['a number', 7],
    ['an empty array', []],
    ['an object of another kind', { hello: 'world' }],
    ['an envelope without data', { ...created, data: undefined }],
    ['an envelope without an id', { ...created, id: undefined }],
    ['a record without an event name', { ...created, data: { eventId: 'x' } }],
  ])('%s', (_, value) => {
    const { request, unused } = parse(value);
    expect(request).toBeUndefined();
    expect(unused).toMatchObject([{ outcome: 'rejected', trigger: 'event' }]);
  });

  test.each([
    ['an empty array', [], 'The event is an empty array.'],
    ['a bare record', { eventId: 'x' }, 'The event is no ActionTrail record: eventName: expected'],
    ['an envelope', { specversion: '1.0' }, 'The event is no CloudEvents envelope: id: expected'],
    [
      'a record in an envelope',
      { ...created, data: { eventId: 'x' } },
      'The event is no ActionTrail record: data.eventName: expected',
    ],
  ])('the reason says what %s is', (_, value, reason) => {
    expect(parse(value).unused[0]?.reason).toContain(reason);
  });

  test('the reason says that it is the event that can not be read', () => {
    const { unused } = parseAccountEvents(Buffer.from('{'), MANAGEMENT_ACCOUNT_ID);
    expect(unused[0]?.reason).toBe('The event is not JSON in UTF-8 (1 bytes).');
  });

  test('the reason names the place and what was expected', () => {
    const { unused } = parse({ ...created, data: { eventId: 'x' } });
    expect(unused[0]?.reason).toContain('data.eventName: expected');
  });

  test.each([
    ['the envelope', created],
    [
      'the original owner of the envelope',
      {
        ...created,
        aliyunoriginalaccountid: '1000000000000009',
        aliyunaccountid: '1000000000000002',
        data: { ...createdRecord, userIdentity: undefined },
      },
    ],
    ['the handshake', { ...sampleEvent('accept-handshake'), aliyunaccountid: '1000000000000002' }],
    ['the caller of a bare record', createdRecord],
    [
      'the recipient of a bare record',
      { ...createdRecord, userIdentity: undefined, recipientAccountId: '1000000000000009' },
    ],
    [
      'the recipient in an envelope of ours',
      {
        ...created,
        aliyunaccountid: '1000000000000002',
        data: { ...createdRecord, userIdentity: undefined, recipientAccountId: 1000000000000009 },
      },
    ],
  ])('%s says that another management account owns it', (_, value) => {
    const { request, unused } = parse(value, '1000000000000002');
    expect(request).toBeUndefined();
    expect(unused).toMatchObject([
      {
        outcome: 'rejected',
        reason: expect.stringMatching(/belongs to account 100000000000000[19]/),
      },
    ]);
  });
});
