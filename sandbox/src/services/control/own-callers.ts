import { ServiceError } from '../../protocols/service-error.ts';
import { hostName, isLocalName } from '../../server/host-name.ts';
import type { HttpRequest } from '../../server/http-service.ts';

/**
 * Keeps out what a page from elsewhere sends, opened in a browser of whoever runs the sandbox: nothing
 * else protects it. `Origin` names the page; `Host` is another when the page's own name was made to
 * point here. Throws a `ServiceError`.
 */
export function refuseForeign({ headers }: HttpRequest, endpoint: string): void {
  const { host = '', origin } = headers;
  const name = hostName(host);
  if (!isLocalName(name) && name !== hostName(new URL(endpoint).host)) {
    throw new ServiceError(
      'ForeignHost',
      403,
      `The sandbox is driven by its address, localhost, or a name of one label: Host is ${host}.`,
    );
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new ServiceError(
      'ForeignOrigin',
      403,
      `A page from elsewhere may not drive the sandbox: Origin is ${origin}.`,
    );
  }
}
