import type { HttpRequest } from '../../server/http-service.ts';
import { logError } from './errors.ts';

const OF_EVERY_OPERATION = [
  'x-acs-security-token',
  'x-log-apiversion',
  'x-log-bodyrawsize',
  'x-log-date',
  'x-log-signaturemethod',
];

const OF_ONE_OPERATION: Readonly<Record<string, readonly string[]>> = {
  PutLogs: ['x-log-compresstype'],
};

/**
 * Throws `SandboxUnsupportedParameter` for a header of Log Service that would be ignored, such as
 * `x-log-hashkey`.
 */
export function refuseOtherHeaders({ headers }: HttpRequest, operation: string): void {
  const known = [...OF_EVERY_OPERATION, ...(OF_ONE_OPERATION[operation] ?? [])];
  const other = Object.keys(headers).find(
    (name) => /^x-(?:acs|log)-/.test(name) && !known.includes(name),
  );
  if (other !== undefined) {
    throw logError(
      'SandboxUnsupportedParameter',
      `The sandbox does not model the header ${other} of ${operation}.`,
    );
  }
}
