import { expect, test } from 'vitest';
import { parseEvent, sampleEvent } from '../../support/workflows/account-events.ts';
import { MANAGEMENT_ACCOUNT_ID } from '../../support/workflows/fake-ports.ts';

const created = sampleEvent('create-resource-account');
const createdRecord = created.data;

test('an invitation without a readable handshake is the bus owner’s, whoever accepted it', () => {
  const accepted = sampleEvent('accept-handshake');
  const data = {
    ...accepted.data,
    responseElements: {},
    recipientAccountId: '1000000000000005',
    userIdentity: { accountId: '1000000000000005' },
  };
  expect(parseEvent({ ...accepted, data }).unused).toEqual([]);
});

test('a bare record that nobody says to own is refused by nobody', () => {
  const { userIdentity: _, recipientAccountId: __, ...record } = createdRecord;
  expect(parseEvent(record).unused).toEqual([]);
});

test('the caller of a bare record may be named by a number', () => {
  const record = { ...createdRecord, userIdentity: { accountId: 1000000000000009 } };
  expect(parseEvent(record).unused).toMatchObject([{ outcome: 'rejected' }]);
  const ours = { ...createdRecord, userIdentity: { accountId: Number(MANAGEMENT_ACCOUNT_ID) } };
  expect(parseEvent(ours).unused).toEqual([]);
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
  expect(parseEvent({ ...accepted, data }).unused).toEqual([]);
});

test('a handshake whose owner can not be read says nothing of whose it is', () => {
  const accepted = sampleEvent('accept-handshake');
  const responseElements = {
    Handshake: { TargetType: 'Account', TargetEntity: '1000000000000005', MasterAccountId: 'me' },
  };
  const data = { ...accepted.data, responseElements };
  const foreign = { ...accepted, data, aliyunaccountid: '1000000000000009' };
  expect(parseEvent({ ...accepted, data }).unused).toEqual([]);
  expect(parseEvent(foreign).unused).toMatchObject([
    { outcome: 'rejected', reason: expect.stringContaining('1000000000000009') },
  ]);
});

test('a call of somebody with a role counts as the bus owner’s', () => {
  const userIdentity = { accountId: '1000000000000009' };
  const data = { ...createdRecord, userIdentity };
  expect(parseEvent({ ...created, data }).unused).toEqual([]);
});

test('a handshake of ours counts, also on the bus of the account that accepts it', () => {
  const accepted = { ...sampleEvent('accept-handshake'), aliyunaccountid: '1000000000000005' };
  expect(parseEvent(accepted).request?.scope).toMatchObject({
    accounts: [{ accountId: '1000000000000005' }],
  });
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
  const { request, unused } = parseEvent(value, '1000000000000002');
  expect(request).toBeUndefined();
  expect(unused).toMatchObject([
    {
      outcome: 'rejected',
      reason: expect.stringMatching(/belongs to account 100000000000000[19]/),
    },
  ]);
});
