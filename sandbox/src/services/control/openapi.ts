import { toJsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { VERSION } from '../../version.ts';
import { problem } from './answers.ts';
import type { ControlOperation } from './operation.ts';

/** Where the description is. */
export const OPENAPI_PATH = '/sandbox/openapi.json';

/** The description of the control interface, as OpenAPI 3.1. */
export function openApiDocument(operations: readonly ControlOperation[], endpoint: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = describe(operation);
    paths[operation.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'The sandbox’s own switches',
      version: VERSION,
      description: 'None of it exists in the cloud. No signature is needed.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: endpoint }],
    paths,
    components: { schemas: { Problem: schemaOf(problem) } },
  };
}

function describe(operation: ControlOperation) {
  const { id, summary, body, status = 200, answer, path, query } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema: schemaOf(schema),
  }));
  const refused = {
    description: 'Refused, and why',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  return {
    operationId: id,
    summary,
    ...(inPath.length + inQuery.length === 0 ? {} : { parameters: [...inPath, ...inQuery] }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body) } },
          },
        }),
    responses: {
      [status]: {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(answer) } },
      },
      400: refused,
      403: refused,
      ...(inPath.length === 0 ? {} : { 404: refused }),
    },
  };
}

/** What goes over the wire. What a number or a relation between keys must be is left to the check. */
function schemaOf(schema: v.GenericSchema): Record<string, unknown> {
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    ignoreActions: ['check', 'transform'],
  });
  return rest;
}
