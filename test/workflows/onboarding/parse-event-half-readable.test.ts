import { expect, test } from 'vitest';
import { CREATED, parseEvent, sampleEvent } from '../../support/workflows/account-events.ts';

const created = sampleEvent('create-resource-account');
const createdRecord = created.data;

const everyMember = { kind: 'directory', excludedAccountIds: [], joined: [], event: CREATED };

test.each([
  ['no response elements', undefined],
  ['an account without an id', { Account: { DisplayName: 'sandbox' } }],
  ['an id that is none', { Account: { AccountId: 'sandbox' } }],
  ['an id beyond what JSON numbers hold exactly', { Account: { AccountId: 2 ** 53 } }],
  ['a handshake that names an address', { Handshake: { TargetType: 'Email', TargetEntity: 'a' } }],
])('%s: every member', (_, responseElements) => {
  const { request } = parseEvent({ ...created, data: { ...createdRecord, responseElements } });
  expect(request?.scope).toEqual(everyMember);
});

test.each([
  ['responseElements', '{"Account":{"AccountId":"10000'],
  ['responseElements', ''],
  ['responseElements', 7],
  ['responseElements', null],
])('%s are %j: every member', (field, value) => {
  const { request, unused } = parseEvent({
    ...created,
    data: { ...createdRecord, [field]: value },
  });
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
  const { request, unused } = parseEvent({
    ...created,
    data: { ...createdRecord, [field]: value },
  });
  expect(unused).toEqual([]);
  expect(request?.scope).toMatchObject({ accounts: [{ accountId: '1000000000000004' }] });
});

test.each([
  ['aliyunaccountid', ''],
  ['aliyunoriginalaccountid', ''],
  ['aliyunoriginalaccountid', null],
  ['aliyunpublishtime', 'yesterday'],
])('the envelope’s %s is %j, and the account joined all the same', (field, value) => {
  const { request, unused } = parseEvent({ ...created, [field]: value });
  expect(unused).toEqual([]);
  expect(request?.scope).toMatchObject({ accounts: [{ accountId: '1000000000000004' }] });
});

test('one unreadable account among others: every member beside them', () => {
  const unreadable = {
    ...created,
    id: 'event-2',
    data: { ...createdRecord, responseElements: {} },
  };
  expect(parseEvent([created, unreadable]).request?.scope).toEqual({
    ...everyMember,
    joined: [{ accountId: '1000000000000004', name: 'sandbox', event: CREATED }],
    event: { id: 'event-2', name: 'CreateResourceAccount' },
  });
});

test('an account without a readable name has none', () => {
  const responseElements = { Account: { AccountId: '1000000000000004', DisplayName: 7 } };
  const { request } = parseEvent({ ...created, data: { ...createdRecord, responseElements } });
  expect(request?.scope).toMatchObject({
    accounts: [{ accountId: '1000000000000004', name: undefined }],
  });
});
