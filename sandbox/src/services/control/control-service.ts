import * as v from 'valibot';
import { ServiceError } from '../../protocols/service-error.ts';
import type { HttpAnswer, HttpService } from '../../server/http-service.ts';
import type { World } from '../../world/world.ts';
import type { EventBus } from '../event-bridge/event-bus.ts';
import { clockInput, deliveryInput, faultInput, quotasInput } from './control-inputs.ts';

/**
 * The sandbox's own switches, for a sandbox that runs in another process: none of it exists in the
 * cloud. JSON over HTTP, without signatures; README.md has the calls.
 */
export function createControlService(options: {
  readonly world: World;
  readonly eventBus: EventBus;
}): HttpService {
  const { world, eventBus } = options;

  const operations: Readonly<Record<string, (body: unknown) => unknown>> = {
    'GET /sandbox/journal': () => world.journal.entries(),
    'POST /sandbox/faults': (body) => refusable(() => world.faults.add(parse(faultInput, body))),
    'DELETE /sandbox/faults': () => world.faults.clear(),
    'POST /sandbox/clock': (body) => {
      world.clock.advance(parse(clockInput, body).advanceMs);
      return { now: new Date(world.clock.now()).toISOString() };
    },
    'POST /sandbox/quotas': (body) => world.quotas.setEnabled(parse(quotasInput, body).enabled),
    'POST /sandbox/delivery': (body) => {
      const { options, eventName } = parse(deliveryInput, body);
      refusable(() => eventBus.delivery.set(options, eventName));
    },
  };

  return {
    errors: {},
    identify: ({ method, path }) =>
      path.startsWith('/sandbox/')
        ? { service: 'sandbox', operation: `${method} ${path}`, apiVersion: '' }
        : undefined,
    // Whoever reaches the loopback port drives the sandbox.
    authenticate: () => ({ accountId: 'sandbox', allows: () => true }),
    quota: () => undefined,
    throttled: () => new ServiceError('Throttled', 429, 'The sandbox has no quota of its own.'),
    async handle({ operation, request }) {
      const run = operations[operation];
      if (run === undefined) {
        const known = Object.keys(operations).join(', ');
        throw new ServiceError('NotFound', 404, `There are only ${known}.`);
      }
      return json(200, run(readBody(request.body)) ?? {});
    },
    renderError: ({ code, status, message }) => json(status, { code, message }),
  };
}

function readBody(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch (error) {
    throw badRequest(`The body is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function parse<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const problems = parsed.issues.map(
    (issue) => `${v.getDotPath(issue) ?? 'the body'}: ${issue.message}`,
  );
  throw badRequest(problems.join('; '));
}

/** What is well formed and names something unknown is the caller's mistake too. */
function refusable(action: () => void): void {
  try {
    action();
  } catch (error) {
    throw error instanceof RangeError ? badRequest(error.message) : error;
  }
}

function badRequest(message: string): ServiceError {
  return new ServiceError('BadRequest', 400, message);
}

function json(status: number, value: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(value)),
  };
}
