import type { RecordedCall } from '../../world/recorded-call.ts';

/**
 * Whether a call's event comes to the account's own bus: ActionTrail keeps an account's own calls.
 * An invited account accepts with its own key, so by that rule the management account never sees
 * it; whether it does in the cloud is unknown, so it can be chosen.
 */
export function reachesBusOf(
  accountId: string,
  call: RecordedCall,
  options: { readonly handshakeEventsReachManagement: boolean },
): boolean {
  if (call.caller.accountId === accountId) return true;
  return (
    options.handshakeEventsReachManagement &&
    call.eventName === 'AcceptHandshake' &&
    call.errorCode === undefined
  );
}
