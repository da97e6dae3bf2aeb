import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect } from 'vitest';
import type { Sandbox } from '../index.ts';
import type { ControlOperation } from '../services/control/operation.ts';

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly message?: string };
}

/**
 * Calls the control interface. Every answer is held against the description that the sandbox itself
 * serves; when the tests of the file are over, each of the operations has answered as it says.
 */
export function controlCalls(operations: readonly ControlOperation[]) {
  const seen = new Set<string | undefined>();
  afterAll(() => {
    expect(operations.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
  });
  return async (
    sandbox: Sandbox,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer> => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${sandbox.endpoint}/sandbox/${path}`, init);
    const answered = { status: answer.status, body: (await answer.json()) as Answer['body'] };
    const place = `/sandbox/${path.split('?')[0]}`;
    seen.add(await holdAgainstDescription(sandbox, method, place, body, answered));
    return answered;
  };
}

type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: unknown;
};

const descriptions = new WeakMap<Sandbox, Promise<Description>>();

export function description(sandbox: Sandbox): Promise<Description> {
  const path = `${sandbox.endpoint}/sandbox/openapi.json`;
  const known = descriptions.get(sandbox) ?? read(path);
  descriptions.set(sandbox, known);
  return known;
}

async function read(path: string): Promise<Description> {
  return (await (await fetch(path)).json()) as Description;
}

type Content = { readonly content: { readonly 'application/json': { readonly schema: object } } };

interface Operation {
  readonly operationId: string;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

const ajv = new Ajv2020({ strict: false });

ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

/** By their JSON: every sandbox describes itself anew, and compiling takes longer than the answer. */
const checks = new Map<string, ReturnType<typeof ajv.compile>>();

function problemsOf(schema: object, value: unknown) {
  const key = JSON.stringify(schema);
  const check = checks.get(key) ?? ajv.compile(schema);
  checks.set(key, check);
  check(value);
  return check.errors ?? [];
}

/** The operation that took the call, if it did; fails where either is not as described. */
async function holdAgainstDescription(
  sandbox: Sandbox,
  method: string,
  path: string,
  body: unknown,
  answer: Answer,
): Promise<string | undefined> {
  const { paths, components } = await description(sandbox);
  const [, operations] =
    Object.entries(paths).find(([template]) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
    ) ?? [];
  const operation = operations?.[method.toLowerCase()];
  if (operation === undefined) {
    expect([404, 405]).toContain(answer.status);
    return undefined;
  }
  const validate = (schema: object, value: unknown) => problemsOf({ ...schema, components }, value);
  const response = operation.responses[answer.status];
  if (response === undefined) throw new Error(`${answer.status} of ${path} is not described.`);
  expect(validate(response.content['application/json'].schema, answer.body)).toEqual([]);
  if (answer.status >= 300) return undefined;
  // What was taken is described too.
  const input = operation.requestBody?.content['application/json'].schema;
  if (input !== undefined) expect(validate(input, body)).toEqual([]);
  return operation.operationId;
}

export const FAULT = {
  service: 'config',
  operation: 'StartConfigurationRecorder',
  effect: { kind: 'error', code: 'ProcessIsRunning' },
  when: { first: 1 },
};
