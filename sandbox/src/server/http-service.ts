import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorTable, ServiceError } from '../protocols/service-error.ts';
import type { Caller } from '../world/identities.ts';
import type { Quota } from '../world/quotas.ts';

export interface HttpRequest {
  readonly method: string;
  /** Without the query; still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The request target as it came, path and query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** It came with its whole URL, as to a proxy. Default false. */
  readonly isProxied?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Which call a request is. `service` is the folder's name, for example `config`. */
export interface CallIdentity {
  readonly service: string;
  readonly operation: string;
  readonly apiVersion: string;
}

export interface Call extends CallIdentity {
  readonly request: HttpRequest;
  readonly requestId: string;
}

/**
 * One service behind the sandbox's port. The server asks each in turn whose request it is, then
 * for every service alike: authenticate, take the quota, apply faults, handle, answer, journal.
 */
export interface HttpService {
  readonly errors: ErrorTable;
  /** The table for one call, where several products share a protocol. Default: `errors`. */
  errorsOf?(call: CallIdentity): ErrorTable;
  /** `undefined` when the request is not in this service's protocol. Never throws. */
  identify(request: HttpRequest): CallIdentity | undefined;
  /** False: the call leaves no trace in the journal. Default: every call does. */
  isJournalled?(call: CallIdentity): boolean;
  /** True: nothing is signed, whoever reaches the port may call. Default false. */
  readonly isOpen?: boolean;
  /** Verifies the signature and the token. Throws a `ServiceError`. */
  authenticate(call: Call): Caller;
  /** The documented quota of the operation, if there is one. */
  quota(call: CallIdentity): Quota | undefined;
  /** What the service answers when the quota is used up. */
  throttled(call: CallIdentity): ServiceError;
  /** Throws a `ServiceError` for everything it refuses, unsupported operations and parameters too. */
  handle(call: Call, caller: Caller): Promise<HttpAnswer>;
  renderError(error: ServiceError, call: Call): HttpAnswer;
}
