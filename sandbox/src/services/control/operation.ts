import type * as v from 'valibot';
import type { Cloud } from '../../cloud.ts';
import { ServiceError } from '../../protocols/service-error.ts';
import type { Seed } from '../../seed.ts';
import type { Outcome } from '../../server/answer-call.ts';
import type { HttpRequest } from '../../server/http-service.ts';
import { checked, object } from './checked.ts';

/** What the control interface drives: a sandbox, and its cloud of the moment. */
export interface ControlPorts {
  readonly cloud: Cloud;
  readonly endpoint: string;
  /** Answers a call of its services, as the port would. */
  call(request: HttpRequest): Promise<Outcome>;
  seed(): Seed;
  /** Rejects with an `Error` for a seed that can't be. */
  reset(seed?: Seed): Promise<void>;
}

type Entries = Record<string, v.GenericSchema>;
type Output<E extends Entries> = v.InferOutput<v.StrictObjectSchema<E, undefined>>;

interface Definition<Query extends Entries, Body extends v.GenericSchema> {
  readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT';
  /** A part in braces is one segment: `/sandbox/faults/{id}`. */
  readonly path: string;
  /** A name for generated clients. */
  readonly id: string;
  readonly summary: string;
  readonly query?: Query;
  readonly body?: Body;
  /** Of an answer that is no error. Default 200. */
  readonly status?: 200 | 201;
  readonly answer: v.GenericSchema;
  /** Throws a `ServiceError`. */
  handle(
    ports: ControlPorts,
    input: {
      readonly query: Output<Query>;
      readonly body: v.InferOutput<Body>;
      /** By the name in braces, decoded. */
      readonly path: Readonly<Record<string, string>>;
    },
  ): unknown;
}

export interface ControlOperation
  extends Omit<Definition<Entries, v.GenericSchema>, 'handle' | 'query'> {
  readonly query: Entries;
  run(
    ports: ControlPorts,
    given: {
      readonly query: URLSearchParams;
      readonly body: Buffer;
      readonly path: Readonly<Record<string, string>>;
    },
  ): Promise<unknown>;
}

/** Reads and checks what comes in, as the definition says. */
export function controlOperation<
  Query extends Entries = Record<never, v.GenericSchema>,
  Body extends v.GenericSchema = v.GenericSchema,
>(definition: Definition<Query, Body>): ControlOperation {
  const { handle, query = {} as Query, ...rest } = definition;
  const querySchema = object(query);
  return {
    ...rest,
    query,
    async run(ports, given) {
      const parsed = {
        query: check(querySchema, queryOf(given.query), 'the query'),
        body: check(definition.body ?? NO_BODY, readBody(given.body), 'the body'),
        path: given.path,
      };
      return handle(ports, parsed as Parameters<typeof handle>[1]);
    },
  };
}

/** `{}` is as good as nothing. */
const NO_BODY = object({});

function queryOf(query: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of query) {
    if (Object.hasOwn(values, name)) throw badRequest(`the query: ${name} is given twice`);
    values[name] = value;
  }
  return values;
}

function readBody(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw badRequest(`The body is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function check<S extends v.GenericSchema>(schema: S, value: unknown, what: string) {
  return refusable(() => checked(schema, value, what));
}

/** What is well formed and can't be is the caller's mistake too. */
export function refusable<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof Error ? badRequest(error.message) : error;
  }
}

export function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequest', 400, message);
}

export function notFound(message: string): ServiceError {
  return new ServiceError('NotFound', 404, message);
}

export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}
