import type { HttpRequest } from '../../server/http-service.ts';
import { errorFrom } from '../service-error.ts';
import { gatewayErrors } from './errors.ts';

/** What the SDKs send with a version 1.0 signature beside the parameters: the same once more. */
const KNOWN_TO_V1 = ['x-acs-action', 'x-acs-credentials-provider', 'x-acs-version'];

const KNOWN_TO_ACS3 = [
  ...KNOWN_TO_V1,
  'x-acs-accesskey-id',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-security-token',
  'x-acs-signature-nonce',
];

/** Throws `SandboxUnsupportedHeader` for a header of the gateway that would be ignored. */
export function refuseOtherHeaders({ headers }: HttpRequest, style: 'ACS3' | 'v1'): void {
  const known = style === 'ACS3' ? KNOWN_TO_ACS3 : KNOWN_TO_V1;
  const other = Object.keys(headers).find(
    (name) => name.startsWith('x-acs-') && !known.includes(name),
  );
  if (other !== undefined) {
    throw errorFrom(gatewayErrors, 'SandboxUnsupportedHeader', {
      message: `The sandbox does not model the header ${other} of a request signed as ${style}.`,
    });
  }
}
