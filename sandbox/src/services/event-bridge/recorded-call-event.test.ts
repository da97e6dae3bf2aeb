import { describe, expect, it } from 'vitest';
import { recordedCall } from '../../testing/function-events.ts';
import { ACCOUNT_ID, REGION } from '../../testing/function-world.ts';
import { recordedCallToEvent } from './recorded-call-event.ts';

const BUS = { accountId: ACCOUNT_ID, region: REGION };

describe('the event of a recorded call', () => {
  it("is ActionTrail's record in a CloudEvents envelope", () => {
    expect(recordedCallToEvent(recordedCall(), BUS)).toEqual({
      id: '9b34724d-54b0-4a51-b34d-000000000001',
      source: 'acs.resourcemanager',
      specversion: '1.0',
      type: 'resourcemanager:ActionTrail:ApiCall',
      datacontenttype: 'application/json;charset=utf-8',
      subject: `acs:resourcemanager:${REGION}:${ACCOUNT_ID}`,
      time: '2026-11-20T03:04:05Z',
      aliyunaccountid: ACCOUNT_ID,
      // Not later: it is on the bus, and at its targets, at once.
      aliyunpublishtime: '2026-11-20T03:04:05.179Z',
      aliyuneventbusname: 'default',
      aliyunregionid: REGION,
      aliyunpublishaddr: '127.0.0.1',
      data: {
        eventId: '9B34724D-54B0-4A51-B34D-000000000001',
        eventVersion: 1,
        eventName: 'CreateResourceAccount',
        eventRW: 'Write',
        eventType: 'ApiCall',
        eventCategory: 'Management',
        eventTime: '2026-11-20T03:04:05Z',
        eventSource: 'resourcemanager.aliyuncs.com',
        serviceName: 'ResourceManager',
        apiVersion: '2020-03-31',
        acsRegion: REGION,
        isGlobal: true,
        requestId: '9B34724D-54B0-4A51-B34D-000000000001',
        sourceIpAddress: '127.0.0.1',
        userAgent: 'sandbox',
        userIdentity: {
          type: 'root-account',
          accountId: ACCOUNT_ID,
          principalId: ACCOUNT_ID,
          userName: 'root',
        },
        requestParameters: { DisplayName: 'sandbox' },
        responseElements: { Account: { AccountId: '1000000000000004' } },
      },
    });
  });

  it('of a call that failed has the error and no response', () => {
    const { responseElements: _none, ...failed } = recordedCall({
      errorCode: 'LimitExceeded.Account',
      errorMessage: 'The maximum number of member accounts is reached.',
    });
    const { data } = recordedCallToEvent(failed, BUS);
    expect(data.errorCode).toBe('LimitExceeded.Account');
    expect(data.errorMessage).toBe('The maximum number of member accounts is reached.');
    expect(data).not.toHaveProperty('responseElements');
  });

  it('of an accepted invitation comes from another product', () => {
    expect(recordedCallToEvent(recordedCall({ eventName: 'AcceptHandshake' }), BUS)).toMatchObject({
      source: 'acs.resourcedirectorymaster',
      type: 'resourcedirectorymaster:ActionTrail:ConsoleOperation',
      subject: `acs:resourcedirectorymaster:${REGION}:${ACCOUNT_ID}`,
      data: { serviceName: 'ResourceDirectoryMaster', eventType: 'ApiCall' },
    });
  });
});
