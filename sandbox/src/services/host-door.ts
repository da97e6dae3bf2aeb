import { ServiceError } from '../protocols/service-error.ts';
import { hostName, isCloudName, isLocalName } from '../server/host-name.ts';
import type { HttpRequest, HttpService } from '../server/http-service.ts';
import type { ServiceName } from './names.ts';

/**
 * Asked before the services: refuses a request to a host of the cloud that none of them has, or that
 * another one has than speaks its protocol, and whatever else a client would have a proxy pass on.
 */
export function createHostDoor(given: {
  readonly doors: readonly HttpService[];
  /** Which service has a host of the cloud. */
  readonly serviceAt: (name: string) => ServiceName | undefined;
  readonly region: string;
}): HttpService {
  const { doors, serviceAt, region } = given;

  function refusal(request: HttpRequest): ServiceError | undefined {
    const name = hostName(request.headers.host ?? '');
    if (!isCloudName(name)) {
      return request.isProxied && !isLocalName(name) ? unknownHost(name) : undefined;
    }
    const service = serviceAt(name);
    if (service === undefined) return unknownHost(name);
    const spoken = doors.map((door) => door.identify(request)).find((call) => call !== undefined);
    if (spoken?.service === service) return undefined;
    const reason =
      spoken === undefined
        ? 'the sandbox knows no such call of it'
        : `this is a call of ${spoken.service}`;
    return new ServiceError(
      'SandboxWrongHost',
      404,
      `${name} is the host of ${service}: ${reason}.`,
    );
  }

  function unknownHost(name: string): ServiceError {
    return new ServiceError(
      'SandboxUnknownHost',
      404,
      `No service of the sandbox is at ${name}; its region is ${region}. Nothing is passed on.`,
    );
  }

  return {
    errors: {},
    isOpen: true,
    identify: (request) =>
      refusal(request) && { service: 'sandbox', operation: 'unknown host', apiVersion: '' },
    authenticate({ request }) {
      throw refusal(request) ?? new Error('The host is known.');
    },
    quota: () => undefined,
    throttled: () => new ServiceError('Throttled', 429, 'An unknown host has no quota.'),
    handle: () => Promise.reject(new Error('An unknown host has no operations.')),
    // The SDK of Log Service reads the second pair of names, all others the first.
    renderError: ({ code, status, message }, { requestId }) => ({
      status,
      headers: { 'content-type': 'application/json', 'x-log-requestid': requestId },
      body: Buffer.from(
        JSON.stringify({
          RequestId: requestId,
          Code: code,
          Message: message,
          errorCode: code,
          errorMessage: message,
        }),
      ),
    }),
  };
}
