import { isIP } from 'node:net';

/** Of hosts of the cloud. */
export const CLOUD_DOMAIN = 'aliyuncs.com';

/** The name in a Host header or an authority, in lower case: without user and port. */
export function hostName(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

/** Of a service of Alibaba Cloud, whether the sandbox has it or not. */
export function isCloudName(name: string): boolean {
  return name.toLowerCase().endsWith(`.${CLOUD_DOMAIN}`);
}

/**
 * An address, `localhost` and what is below it, and names of one label, which are a machine's or a
 * container's: no name that somebody on the internet could have point here.
 */
export function isLocalName(name: string): boolean {
  return isIP(name) !== 0 || /(?:^|\.)localhost$/.test(name) || /^[a-z0-9_-]+$/.test(name);
}
