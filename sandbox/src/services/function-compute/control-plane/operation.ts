import { type Reader, readObject } from '../../../protocols/reader.ts';
import type { Call } from '../../../server/http-service.ts';
import type { Caller } from '../../../world/identities.ts';
import type { World } from '../../../world/world.ts';
import type { ObjectStorage } from '../../object-storage/object-storage.ts';
import type { AsyncInvokeConfig } from '../async-invoke-config.ts';
import { functionComputeError } from '../errors.ts';
import { refuseProblems } from '../function-config.ts';
import type { Functions } from '../functions.ts';
import type { Triggers } from '../triggers.ts';

/** What the operations work on. */
export interface ControlPorts {
  readonly world: World;
  readonly accountId: string;
  readonly functions: Functions;
  readonly triggers: Triggers;
  readonly objectStorage: ObjectStorage;
  putAsyncInvokeConfig(name: string, config: AsyncInvokeConfig): void;
}

/** One call, let in and allowed. */
export interface ControlCall {
  readonly call: Call;
  readonly caller: Caller;
  /** The path's `{functionName}`, and the other name in it; empty where it has none. */
  readonly functionName: string;
  readonly innerName: string;
  /** A parameter of the query; empty is absent. */
  query(name: string): string | undefined;
  /**
   * The body, a JSON object: `read` asks for all that it knows. Throws `InvalidArgument` with every
   * problem, and for what nobody asked for.
   */
  body<T>(read: (body: Reader) => T): T;
  /** Throws `AccessDenied` unless the caller may do this on an ARN. */
  authorize(action: string, resource: string): void;
}

export interface ControlOperation {
  /** RAM's action, without `fc:`. */
  readonly action: string;
  /**
   * What RAM checks it on: `*` where the API's page says "all resources"; `named later`: what the
   * body names, so the operation asks for itself.
   */
  readonly resource: 'account' | 'all' | 'function' | 'functions' | 'inner' | 'named later';
  /** Parameters of the query that it knows. */
  readonly query?: readonly string[];
  /** The answer's body; nothing: 204. Throws a `ServiceError`. */
  handle(call: ControlCall): Readonly<Record<string, unknown>> | undefined;
}

export function readBody<T>(body: Buffer, read: (body: Reader) => T): T {
  let parsed: unknown;
  try {
    parsed = body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    throw functionComputeError('InvalidArgument', 'the request body is not JSON');
  }
  const problems: string[] = [];
  const reader = readObject(parsed, '', problems);
  const value = read(reader);
  reader.finish();
  refuseProblems(problems);
  return value;
}

/** `2026-11-20T03:04:05Z`. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Versions and aliases are not modelled: only the function as it is now can be meant. */
export function requireLatest(qualifier: string | undefined): void {
  if (qualifier === undefined || qualifier === 'LATEST') return;
  throw functionComputeError(
    'InvalidArgument',
    `qualifier '${qualifier}' is not modelled by the sandbox, LATEST is`,
  );
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken: string | undefined;
}

/**
 * `limit` 1–100 (default 20), `prefix`, and `nextToken`, which is the name that the next page begins
 * with. In the order of the names.
 */
export function pageOf<Item>(
  call: ControlCall,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Page<Item> {
  const limit = Number(call.query('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw functionComputeError('InvalidArgument', `limit '${limit}' is not from 1 to 100`);
  }
  const prefix = call.query('prefix') ?? '';
  const from = call.query('nextToken') ?? '';
  const matching = items
    .filter((item) => nameOf(item).startsWith(prefix) && nameOf(item) >= from)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const next = matching[limit];
  return {
    items: matching.slice(0, limit),
    nextToken: next === undefined ? undefined : nameOf(next),
  };
}
