import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { ServiceError } from '../protocols/service-error.ts';
import type { HttpService } from '../server/http-service.ts';
import { type ServerOptions, startServer } from '../server/server.ts';
import type { Fault, FaultEffect } from '../world/faults.ts';
import { createWorld } from '../world/world.ts';

/** A server of the sandbox with one service, `echo`, on a clock that stands. Closed when the test ends. */
export async function startEchoServer(options: Partial<ServerOptions> = {}) {
  const world = createWorld({ startMs: 5000, speed: 0 });
  let handled = 0;
  const service = echo(() => {
    handled += 1;
  });
  const server = await startServer({ world, services: [service], port: 0, ...options });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await server.close();
    isOpen = false;
  };
  onTestFinished(async () => {
    await close();
    world.clock.stop();
  });
  return {
    world,
    server,
    close,
    /** How many calls the service has handled. */
    handled: () => handled,
    say: (path = '/', body = 'hello') =>
      fetch(`${server.endpoint}${path}`, { method: 'POST', body }),
    fault(effect: FaultEffect, rest: Partial<Fault> = {}): void {
      world.faults.add({ service: 'echo', operation: 'Say', effect, when: { first: 1 }, ...rest });
    },
    /** Everything that comes back until the connection ends. */
    rawAnswer(request: string): Promise<string> {
      return new Promise((resolve) => {
        const socket = connect(server.port, '127.0.0.1', () => socket.write(request));
        let received = '';
        socket.on('data', (chunk) => {
          received += String(chunk);
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(received));
      });
    },
  };
}

/** A service that answers `{"said": <the body>}`; `/break` breaks it, `/deny` is not let in. */
function echo(onHandled: () => void): HttpService {
  return {
    errors: { Busy: { status: 503, message: 'Too busy.' } },
    identify: ({ path }) =>
      path === '/other' ? undefined : { service: 'echo', operation: 'Say', apiVersion: '1' },
    authenticate({ request }) {
      if (request.path === '/deny') throw new ServiceError('Denied', 403, 'Not you.');
      return { accountId: '42', allows: () => true };
    },
    quota: () => ({ calls: 3, windowMs: 1000 }),
    throttled: () => new ServiceError('Throttled', 429, 'Slow down.'),
    async handle({ request }) {
      if (request.path === '/break') throw new Error('out of order');
      onHandled();
      const body = request.path === '/empty' ? '' : `{"said":"${request.body}"}`;
      return { status: 200, headers: { 'x-kind': 'echo' }, body: Buffer.from(body) };
    },
    renderError: (error) => ({
      status: error.status,
      headers: { ...error.headers },
      body: Buffer.from(JSON.stringify({ code: error.code, text: error.message })),
    }),
  };
}
