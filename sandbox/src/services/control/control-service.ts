import * as v from 'valibot';
import { ServiceError } from '../../protocols/service-error.ts';
import type { HttpAnswer, HttpService } from '../../server/http-service.ts';
import { OPENAPI_PATH, openApiDocument } from './openapi.ts';
import {
  type ControlOperation,
  type ControlPorts,
  controlOperation,
  notFound,
} from './operation.ts';
import { CONTROL_OPERATIONS } from './operations.ts';
import { refuseForeign } from './own-callers.ts';

const PREFIX = '/sandbox/';
const LARGEST_BODY_BYTES = 8 * 1024 * 1024;

/**
 * The sandbox's own switches, for a sandbox that runs in another process: none of it exists in the
 * cloud. JSON over HTTP, without signatures, described at `/sandbox/openapi.json`.
 */
export function createControlService(ports: ControlPorts): HttpService {
  const operations: readonly ControlOperation[] = [
    ...CONTROL_OPERATIONS,
    controlOperation({
      method: 'GET',
      path: OPENAPI_PATH,
      id: 'getDescription',
      summary: 'This description, as OpenAPI 3.1',
      answer: v.looseObject({ openapi: v.literal('3.1.0') }),
      handle: ({ endpoint }) => openApiDocument(operations, endpoint),
    }),
  ];

  return {
    errors: {},
    identify({ method, path }) {
      if (!path.startsWith(PREFIX)) return undefined;
      const found = operationOf(operations, method, path)?.operation;
      return { service: 'sandbox', operation: `${method} ${found?.path ?? path}`, apiVersion: '' };
    },
    // Who only looks would else find itself, and a call is journalled as itself.
    isJournalled: ({ operation }) =>
      !operation.startsWith('GET ') && operation !== 'POST /sandbox/calls',
    // Whoever reaches the port drives the sandbox, save for a page from elsewhere.
    isOpen: true,
    authenticate({ request }) {
      refuseForeign(request, ports.endpoint);
      return { accountId: 'sandbox', allows: () => true };
    },
    quota: () => undefined,
    throttled: () => new ServiceError('Throttled', 429, 'The sandbox has no quota of its own.'),
    async handle({ request }) {
      const { method, path, query, body } = request;
      const found = operationOf(operations, method, path);
      if (found === undefined) throw unknownOperation(operations, path);
      if (body.length > LARGEST_BODY_BYTES) {
        throw new ServiceError('TooLarge', 413, `A body has up to ${LARGEST_BODY_BYTES} bytes.`);
      }
      const { operation, parts } = found;
      const answer = await operation.run(ports, { query, body, path: parts });
      return json(operation.status ?? 200, answer);
    },
    renderError: ({ code, status, message }) => json(status, { code, message }),
  };
}

function operationOf(operations: readonly ControlOperation[], method: string, path: string) {
  for (const operation of operations) {
    const parts = operation.method === method ? partsOf(operation.path, path) : undefined;
    if (parts !== undefined) return { operation, parts };
  }
  return undefined;
}

/** What stands in the path where the template has braces; `undefined` when it is another path. */
function partsOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? '';
    const [, name] = /^\{(\w+)\}$/.exec(segment) ?? [];
    if (name !== undefined && text !== '') parts[name] = decoded(text);
    else if (segment !== text) return undefined;
  }
  return parts;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function unknownOperation(operations: readonly ControlOperation[], path: string): ServiceError {
  const here = operations.filter((operation) => partsOf(operation.path, path) !== undefined);
  if (here.length > 0) {
    const methods = here.map(({ method }) => method).join(', ');
    return new ServiceError('MethodNotAllowed', 405, `${path} takes only ${methods}.`);
  }
  const known = [...new Set(operations.map((operation) => operation.path))].join(', ');
  return notFound(`There are only ${known}.`);
}

function json(status: number, value: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  };
}
