import type { CallEnd } from '../../protocols/rpc/operation.ts';
import type { RecordedCall } from '../../world/recorded-call.ts';

/** What ActionTrail records of the call. `atMs` is sandbox time. */
export function recordCall(ended: CallEnd, atMs: number): RecordedCall {
  const { call, caller, end } = ended;
  return {
    service: call.service,
    apiVersion: call.apiVersion,
    eventName: call.operation,
    requestId: call.requestId,
    atMs,
    requestParameters: Object.fromEntries(ended.parameters),
    ...(end.kind === 'answered'
      ? { responseElements: { RequestId: call.requestId, ...end.answer } }
      : { errorCode: end.error.code, errorMessage: end.error.message }),
    caller: {
      accountId: caller.accountId,
      type: caller.roleName === undefined ? 'root-account' : 'assumed-role',
      userName: caller.roleName ?? 'root',
    },
  };
}
