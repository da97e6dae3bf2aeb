import type { CloudEvent } from '../services/event-bridge/cloud-event.ts';
import { recordedCallToEvent } from '../services/event-bridge/recorded-call-event.ts';
import type { RecordedCall } from '../world/recorded-call.ts';
import { ACCOUNT_ID, REGION } from './function-world.ts';

/** A successful call to create an account, as the directory records it. */
export function recordedCall(changes: Partial<RecordedCall> = {}): RecordedCall {
  return {
    service: 'resource-manager',
    apiVersion: '2020-03-31',
    eventName: 'CreateResourceAccount',
    requestId: '9B34724D-54B0-4A51-B34D-000000000001',
    atMs: Date.parse('2026-11-20T03:04:05.179Z'),
    requestParameters: { DisplayName: 'sandbox' },
    responseElements: { Account: { AccountId: '1000000000000004' } },
    caller: { accountId: ACCOUNT_ID, type: 'root-account', userName: 'root' },
    ...changes,
  };
}

export function accountEvent(number: number, eventName = 'CreateResourceAccount'): CloudEvent {
  const requestId = `9B34724D-54B0-4A51-B34D-${String(number).padStart(12, '0')}`;
  return recordedCallToEvent(recordedCall({ requestId, eventName }), {
    accountId: ACCOUNT_ID,
    region: REGION,
  });
}
