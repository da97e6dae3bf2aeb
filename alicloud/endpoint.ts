import { isIP } from 'node:net';
import { SETTING_PROBLEMS, type SettingProblem } from './settings-error.ts';

/** Without the brackets that a URL puts around an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function isAddress(host: string): boolean {
  return host === 'localhost' || isIP(host) !== 0;
}

/** Without brackets. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * What is wrong with a base URL; `undefined` when nothing is. `http:` is for loopback only, since the token would travel readable. Never quotes the value, which
 * may hold a password.
 */
export function endpointProblem(endpoint: string): SettingProblem | undefined {
  if (!URL.canParse(endpoint)) return 'endpoint-url';
  const url = new URL(endpoint);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(hostOf(url)))) {
    return 'endpoint-scheme';
  }
  const { pathname, search, hash, username, password } = url;
  return pathname === '/' && `${search}${hash}${username}${password}` === ''
    ? undefined
    : 'endpoint-parts';
}

/** A base URL. Throws where `endpointProblem` finds one. */
export function parseEndpoint(endpoint: string): URL {
  const problem = endpointProblem(endpoint);
  if (problem !== undefined) throw new Error(`An endpoint ${SETTING_PROBLEMS[problem]}.`);
  return new URL(endpoint);
}
