import { $OpenApiUtil } from '@alicloud/openapi-core';
import type { Credentials } from './credentials.ts';

/** What every OpenAPI SDK's client is made of. */
export interface OpenApiOptions {
  readonly endpoint: URL;
  readonly credentials: Credentials;
  /** Of connecting and of reading, each; the SDK's own are 3 s. */
  readonly timeoutMs: number;
  readonly regionId?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export function openApiConfig(options: OpenApiOptions): $OpenApiUtil.Config {
  const { endpoint, credentials, timeoutMs, regionId, headers } = options;
  return new $OpenApiUtil.Config({
    ...credentials,
    endpoint: endpoint.host,
    protocol: endpoint.protocol === 'http:' ? 'HTTP' : 'HTTPS',
    readTimeout: timeoutMs,
    connectTimeout: timeoutMs,
    regionId,
    globalParameters: new $OpenApiUtil.GlobalParameters({
      // The SDKs have no way to be given an agent, and their own keeps sockets, which are dead after
      // a function instance was frozen.
      headers: { ...headers, connection: 'close' },
    }),
  });
}

/**
 * The OpenAPI SDKs are CommonJS with an `exports.default`: under Node's ESM, and in a bundle, that
 * is a default inside the default. Returns the innermost one.
 */
export function unwrapDefault<T>(imported: { readonly default: T } | T): T {
  return (typeof imported === 'object' || typeof imported === 'function') &&
    imported !== null &&
    'default' in imported
    ? imported.default
    : imported;
}
