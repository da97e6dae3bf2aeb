import type { CallIdentity, HttpRequest } from '../../server/http-service.ts';

export const FC2_VERSION = '2016-08-15';
export const FC3_VERSION = '2023-03-30';

/** The service's name in calls, faults and the journal. */
export const SERVICE = 'function-compute';

const FC3_INVOKE = /^\/2023-03-30\/functions\/([^/]+)\/invocations$/;
const FC2_INVOKE = /^\/2016-08-15\/services\/([^/]+)\/functions\/([^/]+)\/invocations$/;

export function identifyCall(request: HttpRequest): CallIdentity | undefined {
  const apiVersion = [FC2_VERSION, FC3_VERSION].find((version) =>
    request.path.startsWith(`/${version}/`),
  );
  return apiVersion === undefined
    ? undefined
    : { service: SERVICE, apiVersion, operation: operationOf(request) };
}

/** Whose invocation it is: `name` in FC 3.0, `service/name` in FC 2.0, and which version of it. */
export function invocationTarget(
  request: HttpRequest,
): { readonly functionName: string; readonly qualifier: string | undefined } | undefined {
  if (request.method !== 'POST') return undefined;
  const fc3 = FC3_INVOKE.exec(request.path)?.[1];
  if (fc3 !== undefined) {
    return {
      functionName: decodeURIComponent(fc3),
      qualifier: request.query.get('qualifier') ?? undefined,
    };
  }
  const [, serviceText, name] = FC2_INVOKE.exec(request.path) ?? [];
  if (serviceText === undefined || name === undefined) return undefined;
  const [service, qualifier] = decodeURIComponent(serviceText).split('.');
  return { functionName: `${service}/${decodeURIComponent(name)}`, qualifier };
}

function operationOf(request: HttpRequest): string {
  if (invocationTarget(request) !== undefined) return 'InvokeFunction';
  const action = request.headers['x-acs-action'];
  return typeof action === 'string' ? action : `${request.method} ${request.path}`;
}
