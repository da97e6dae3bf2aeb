import { logError } from './errors.ts';

const LOOPBACK = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|localhost)`;
const BARE_HOST = new RegExp(`^${LOOPBACK}$`);
const PROJECT_ON_LOOPBACK = new RegExp(`^([^.@]+)\\.${LOOPBACK}$`);
/**
 * `{project}.{anything}@{host}`: what an SDK makes of the endpoint `anything@host`. It connects to the
 * host, where `{project}.localhost` may not resolve, and says here which project it means.
 */
const PROJECT_AS_USER = new RegExp(`^(?:([^.@]+)\\.)?[^.@]+@${LOOPBACK}$`);
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
  const match =
    PROJECT_ON_LOOPBACK.exec(host) ?? PROJECT_AS_USER.exec(host) ?? PUBLIC_HOST.exec(host);
  if (match === null) throw logError('InvalidHost', `Host header ${header} is invalid.`);
  return match[1];
}
