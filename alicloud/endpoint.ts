import { isIP } from 'node:net';

/** Without the brackets that a URL puts around an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function isAddress(host: string): boolean {
  return host === 'localhost' || isIP(host) !== 0;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * A base URL. Throws when it is not one, has more than a host and port, or is `http:` to anywhere
 * but loopback: the token would travel readable.
 */
export function parseEndpoint(endpoint: string): URL {
  const url = new URL(endpoint);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(hostOf(url)))) {
    throw new Error(`${endpoint} must be https: (http: is for loopback only)`);
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new Error(`${endpoint} must be a scheme, a host and a port, nothing more`);
  }
  return url;
}
