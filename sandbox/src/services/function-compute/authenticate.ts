import { readAcs3 } from '../../protocols/rpc/signature-acs3.ts';
import { createCallerCheck } from '../../protocols/rpc/verify-caller.ts';
import type { Call } from '../../server/http-service.ts';
import type { Caller, Identities } from '../../world/identities.ts';
import { functionComputeError } from './errors.ts';
import { readFc2Signature } from './fc2-signature.ts';
import { FC2_VERSION } from './route.ts';

const TIME_TOLERANCE_MS = 15 * 60 * 1000;

/** ACS3 for FC 3.0, the service's own signature for FC 2.0. Throws a `ServiceError`. */
export function createAuthenticate(identities: Identities): (call: Call) => Caller {
  const checkAcs3 = createCallerCheck(identities);
  return (call) =>
    call.apiVersion === FC2_VERSION
      ? checkFc2(identities, call)
      : checkAcs3(readAcs3(call.request));
}

function checkFc2(identities: Identities, call: Call): Caller {
  const signed = readFc2Signature(call.request);
  const key = identities.find(signed.accessKeyId, signed.securityToken);
  if (key.kind === 'unknown-key') {
    throw functionComputeError(
      'InvalidAccessKeyID',
      `invalid access key ID '${signed.accessKeyId}'`,
    );
  }
  if (key.kind !== 'found') {
    throw functionComputeError('AccessDenied', `The security token can't be used: ${key.kind}`);
  }
  if (!signed.matches(key.accessKeySecret)) throw functionComputeError('SignatureNotMatch');
  // The real time: SDKs sign with it, whatever the sandbox's clock says.
  if (!(Math.abs(Date.parse(signed.date) - Date.now()) <= TIME_TOLERANCE_MS)) {
    throw functionComputeError('InvalidArgument', 'The date header is more than 15 minutes off');
  }
  return key.caller;
}
