import { logError } from './errors.ts';

/** An address, or a name of one label: `localhost`, or what containers call each other. */
const ENDPOINT = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z][a-z0-9_-]*)`;
const BARE_HOST = new RegExp(`^${ENDPOINT}$`);
const PROJECT_ON_HOST = new RegExp(`^([^.@]+)\\.${ENDPOINT}$`);
/**
 * `{project}.{anything}@{host}`: what an SDK makes of the endpoint `anything@host`. It connects to the
 * host, where `{project}.localhost` may not resolve, and says here which project it means.
 */
const PROJECT_AS_USER = new RegExp(`^(?:([^.@]+)\\.)?[^.@]+@${ENDPOINT}$`);
/** `{project}.{region}[-intranet|-share].log.aliyuncs.com`, the project optional. */
const PUBLIC_HOST = /^(?:([^.]+)\.)?[a-z0-9-]+\.(?:log|sls)\.aliyuncs\.com$/;

/**
 * The project that the Host header names, if it names one. Throws `MissingHost`, `InvalidHost`.
 * Source: help.aliyun.com "Common request headers": Host is `{project}.{endpoint}`.
 */
export function projectOfHost(header: string | undefined): string | undefined {
  if (header === undefined || header === '') throw logError('MissingHost');
  const host = header.replace(/:\d+$/, '').toLowerCase();
  if (BARE_HOST.test(host)) return undefined;
  const match = PROJECT_ON_HOST.exec(host) ?? PROJECT_AS_USER.exec(host) ?? PUBLIC_HOST.exec(host);
  if (match === null) throw logError('InvalidHost', `Host header ${header} is invalid.`);
  return match[1];
}
