import { describe, expect, test } from 'vitest';
import { createdEvent, sampleEvent } from '../support/workflows/account-events.ts';
import { deployedSandbox } from './deployed-sandbox.ts';

const A = '1000000000000004';

/** Whether the function saw the recorder being built depends on how fast its process came up. */
const COVERED = expect.stringMatching(/^(already-)?covered$/);

describe('every form of event', () => {
  test.each([
    ['an envelope', (event: unknown) => event],
    ['an array', (event: unknown) => [event]],
    ['a bare ActionTrail record', (event: { data: unknown }) => event.data],
  ])('%s', async (_, form) => {
    const sandbox = await deployedSandbox({ config: { organization: 'on' } });
    sandbox.directory.addAccount({ displayName: 'sandbox', accountId: A });
    const { status } = await sandbox.call('onboard-account', form(createdEvent(A)));
    expect(status).toBe('succeeded');
    expect(sandbox.accountEntries()).toMatchObject([{ account_id: A, outcome: COVERED }]);
  });

  test.each(['CreateResourceAccount', 'CreateCloudAccount', 'PromoteResourceAccount'])(
    'of the operation %s',
    async (eventName) => {
      const sandbox = await deployedSandbox({ config: { organization: 'on' } });
      sandbox.directory.addAccount({ displayName: 'sandbox', accountId: A });
      const event = createdEvent(A);
      await sandbox.call('onboard-account', { ...event, data: { ...event.data, eventName } });
      expect(sandbox.accountEntries()).toMatchObject([
        { account_id: A, outcome: COVERED, event_name: eventName },
      ]);
    },
  );

  test('several in one array: one run, one start at most, an entry for each', async () => {
    const sandbox = await deployedSandbox({ config: { organization: 'off' } });
    const ids = ['1000000000000005', '1000000000000006'];
    for (const accountId of ids) sandbox.directory.addAccount({ displayName: 'new', accountId });
    await sandbox.call('onboard-account', [
      ...ids.map(createdEvent),
      sampleEvent('unrelated'),
      { hello: 'world' },
    ]);
    expect(
      sandbox.accountEntries().map(({ account_id, outcome }) => [account_id, outcome]),
    ).toEqual(ids.map((accountId) => [accountId, 'covered']));
    expect(sandbox.runEntries().map(({ outcome }) => outcome)).toEqual([
      'ignored',
      'rejected',
      'succeeded',
    ]);
    expect(sandbox.starts()).toBe(1);
  });

  test('an account that can not be read out of the event: every member', async () => {
    const sandbox = await deployedSandbox({ members: 3, config: { organization: 'on' } });
    const event = createdEvent(A);
    const data = { ...event.data, responseElements: { Account: {} } };
    await sandbox.call('onboard-account', { ...event, data });
    expect(sandbox.accountEntries()).toHaveLength(3);
    expect(sandbox.runEntries()).toMatchObject([
      { outcome: 'succeeded', event_name: 'CreateResourceAccount' },
    ]);
    expect(sandbox.journal.count('resource-manager', 'ListAccounts')).toBe(1);
  });

  test('something else: ignored', async () => {
    const sandbox = await deployedSandbox();
    const { status } = await sandbox.call('onboard-account', sampleEvent('unrelated'));
    expect(status).toBe('succeeded');
    expect(sandbox.entries()).toMatchObject([{ entry_type: 'run', outcome: 'ignored' }]);
  });

  test.each([
    ['no JSON', Buffer.from('{"id":')],
    ['nothing', Buffer.alloc(0)],
    ['JSON of another kind', Buffer.from('[1]')],
  ])('%s: rejected, recorded and acknowledged', async (_, payload) => {
    const sandbox = await deployedSandbox();
    const { status } = await sandbox.call('onboard-account', payload);
    expect(status).toBe('succeeded');
    expect(sandbox.entries()).toMatchObject([
      { entry_type: 'run', outcome: 'rejected', reason: expect.stringMatching(/\.$/) },
    ]);
  });

  test('from another management account: refused, and nothing is called', async () => {
    const sandbox = await deployedSandbox();
    const event = { ...createdEvent(A), aliyunaccountid: '1000000000000099' };
    const { status } = await sandbox.call('onboard-account', event);
    expect(status).toBe('succeeded');
    expect(sandbox.entries()).toMatchObject([
      { outcome: 'rejected', reason: expect.stringContaining('1000000000000099') },
    ]);
    expect(sandbox.starts()).toBe(0);
  });
});
