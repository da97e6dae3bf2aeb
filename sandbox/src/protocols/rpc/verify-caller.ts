import type { Caller, Identities } from '../../world/identities.ts';
import { errorFrom } from '../service-error.ts';
import { gatewayErrors } from './errors.ts';
import type { SignedRequest } from './signed-request.ts';

/** How far a request's time may be from the server's, either way. */
const TIME_TOLERANCE_MS = 15 * 60 * 1000;

/**
 * Checks key, token, time, signature and nonce, and says who calls. Throws a `ServiceError`.
 * Time is the real one: SDKs sign with it, whatever the sandbox's clock says.
 */
export function createCallerCheck(identities: Identities): (request: SignedRequest) => Caller {
  /** Until when each nonce counts as used, oldest first. */
  const usedUntilMs = new Map<string, number>();

  function useNonce(key: string, nowMs: number): boolean {
    for (const [oldest, untilMs] of usedUntilMs) {
      if (untilMs > nowMs) break;
      usedUntilMs.delete(oldest);
    }
    if (usedUntilMs.has(key)) return false;
    // A request may be dated ahead of time, so it can be sent again for twice the tolerance.
    usedUntilMs.set(key, nowMs + 2 * TIME_TOLERANCE_MS);
    return true;
  }

  return (request) => {
    const nowMs = Date.now();
    const key = identities.find(request.accessKeyId, request.securityToken);
    switch (key.kind) {
      case 'unknown-key':
        throw errorFrom(gatewayErrors, 'InvalidAccessKeyId.NotFound');
      case 'wrong-token':
        throw errorFrom(gatewayErrors, 'InvalidSecurityToken.Malformed');
      case 'expired-token':
        throw errorFrom(gatewayErrors, 'InvalidSecurityToken.Expired');
      case 'found':
    }
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(request.timestamp)) {
      throw errorFrom(gatewayErrors, 'InvalidTimeStamp.Format');
    }
    const distanceMs = Math.abs(Date.parse(request.timestamp) - nowMs);
    if (!(distanceMs <= TIME_TOLERANCE_MS)) {
      throw errorFrom(gatewayErrors, 'InvalidTimeStamp.Expired');
    }
    if (!request.matches(key.accessKeySecret)) {
      throw errorFrom(gatewayErrors, 'SignatureDoesNotMatch');
    }
    // Only a request that is really the caller's may use a nonce up.
    if (!useNonce(`${request.accessKeyId} ${request.nonce}`, nowMs)) {
      throw errorFrom(gatewayErrors, 'SignatureNonceUsed');
    }
    return key.caller;
  };
}
