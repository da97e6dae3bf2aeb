import { describe, expect, test } from 'vitest';
import { parseAccountEvents } from '../../../workflows/onboarding/parse-event.ts';
import { CREATED, parseEvent, sampleEvent } from '../../support/workflows/account-events.ts';
import { MANAGEMENT_ACCOUNT_ID } from '../../support/workflows/fake-ports.ts';

const created = sampleEvent('create-resource-account');
const createdRecord = created.data;

describe('accounts that joined', () => {
  test('a created account', () => {
    expect(parseEvent(created)).toEqual({
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
    expect(parseEvent(sampleEvent('accept-handshake')).request?.scope).toMatchObject({
      accounts: [{ accountId: '1000000000000005', event: { name: 'AcceptHandshake' } }],
    });
  });

  test('an invited account that accepts with its own identity', () => {
    const event = sampleEvent('accept-handshake');
    event.data.userIdentity = { accountId: '1000000000000005' };
    expect(parseEvent(event).request?.scope).toMatchObject({
      accounts: [{ accountId: '1000000000000005' }],
    });
  });

  test.each(['CreateCloudAccount', 'PromoteResourceAccount'])('%s', (eventName) => {
    const { request } = parseEvent({ ...created, data: { ...createdRecord, eventName } });
    expect(request?.scope).toMatchObject({ accounts: [{ accountId: '1000000000000004' }] });
  });

  test('a bare ActionTrail record is known by its own id', () => {
    const { request } = parseEvent(createdRecord);
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
    expect(parseEvent({ ...created, data }).request?.scope).toMatchObject({
      accounts: [{ accountId: '1000000000000004' }],
    });
  });

  test('an array becomes one request; an account that appears twice is asked for once', () => {
    const again = { ...created, id: 'event-again' };
    const { request, unused } = parseEvent([created, again, sampleEvent('accept-handshake')]);
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
});

describe('ignored', () => {
  test('a call that failed', () => {
    const { request, unused } = parseEvent(sampleEvent('create-resource-account-failed'));
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
    expect(parseEvent(sampleEvent('unrelated')).unused).toMatchObject([
      { outcome: 'ignored', reason: expect.stringContaining('DeleteDisk') },
    ]);
  });

  test('an unrelated event beside one that counts', () => {
    const { request, unused } = parseEvent([sampleEvent('unrelated'), created]);
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
    const { request, unused } = parseEvent(value);
    expect(request).toBeUndefined();
    expect(unused).toMatchObject([{ outcome: 'rejected', trigger: 'event' }]);
  });

  test.each([
    ['an empty array', [], 'The event is an empty array.'],
    [
      'a bare record',
      { eventId: 'x' },
      'The event is not an ActionTrail record: eventName: expected',
    ],
    [
      'an envelope',
      { specversion: '1.0' },
      'The event is not a CloudEvents envelope: id: expected',
    ],
    [
      'a record in an envelope',
      { ...created, data: { eventId: 'x' } },
      'The event is not an ActionTrail record: data.eventName: expected',
    ],
  ])('the reason says what %s is', (_, value, reason) => {
    expect(parseEvent(value).unused[0]?.reason).toContain(reason);
  });

  test('the reason says that it is the event that can not be read', () => {
    const { unused } = parseAccountEvents(Buffer.from('{'), MANAGEMENT_ACCOUNT_ID);
    expect(unused[0]?.reason).toBe('The event is not JSON in UTF-8 (1 bytes).');
  });

  test('the reason names the place and what was expected', () => {
    const { unused } = parseEvent({ ...created, data: { eventId: 'x' } });
    expect(unused[0]?.reason).toContain('data.eventName: expected');
  });
});
