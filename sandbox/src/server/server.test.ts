import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServiceError } from '../protocols/service-error.ts';
import { openSecureTunnel } from '../testing/proxied.ts';
import type { Fault, FaultEffect } from '../world/faults.ts';
import { createWorld, type World } from '../world/world.ts';
import { newAuthority, openAuthority } from './certificate-authority.ts';
import type { HttpService } from './http-service.ts';
import { type SandboxServer, startServer } from './server.ts';

let world: World;
let server: SandboxServer;
let handled: number;

beforeEach(async () => {
  world = createWorld({ startMs: 5000, speed: 0 });
  handled = 0;
  server = await startServer({ world, services: [echo()], port: 0 });
});

afterEach(async () => {
  await server.close();
  world.clock.stop();
});

/** A service that answers `{"said": <the body>}`; `/break` breaks it, `/deny` is not let in. */
function echo(): HttpService {
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
      handled += 1;
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

function fault(effect: FaultEffect, rest: Partial<Fault> = {}): void {
  world.faults.add({ service: 'echo', operation: 'Say', effect, when: { first: 1 }, ...rest });
}

const say = (path = '/', body = 'hello') =>
  fetch(`${server.endpoint}${path}`, { method: 'POST', body });

test('answers what the service answers, and writes the call down', async () => {
  const response = await say();
  expect(response.headers.get('x-kind')).toBe('echo');
  expect(await response.json()).toEqual({ said: 'hello' });
  expect(world.journal.entries()).toEqual([
    {
      number: 1,
      atMs: 5000,
      service: 'echo',
      operation: 'Say',
      apiVersion: '1',
      accountId: '42',
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      status: 200,
      errorCode: undefined,
      checked: [
        { what: 'signature', passed: true },
        { what: 'quota', passed: true, detail: '3 in 1 s' },
      ],
    },
  ]);
});

test('refuses what no service knows', async () => {
  const response = await say('/other');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ Code: 'SandboxUnknownProtocol' });
  expect(world.journal.entries()).toMatchObject([{ service: 'sandbox', status: 404 }]);
});

test('a caller that is not let in meets no fault and takes no quota', async () => {
  fault({ kind: 'error', code: 'Busy' }, { when: { first: 1 } });
  for (let call = 0; call < 5; call++) {
    expect(await (await say('/deny')).json()).toEqual({ code: 'Denied', text: 'Not you.' });
  }
  expect((await say()).status).toBe(503);
  expect(world.journal.entries()[0]).toMatchObject({ accountId: undefined, errorCode: 'Denied' });
});

test('the quota is kept, and a refused call is not handled', async () => {
  for (let call = 0; call < 3; call++) expect((await say()).status).toBe(200);
  const response = await say();
  expect(response.status).toBe(429);
  expect(await response.json()).toMatchObject({ code: 'Throttled' });
  expect(handled).toBe(3);
  world.clock.advance(1000);
  expect((await say()).status).toBe(200);
});

test('a call that a fault hits takes of the quota, and a throttled one meets no fault', async () => {
  fault({ kind: 'html-503' }, { when: { first: 4 } });
  for (let call = 0; call < 3; call++) expect((await say()).status).toBe(503);
  expect((await say()).status).toBe(429);
  world.clock.advance(1000);
  expect((await say()).status).toBe(503);
  expect((await say()).status).toBe(200);
});

test('a service that breaks answers 500 and says why on standard error', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const response = await say('/break');
  const written = stderr.mock.calls.map(([text]) => String(text)).join('');
  stderr.mockRestore();
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ code: 'SandboxInternalError' });
  expect(written).toContain('out of order');
});

test('an error fault takes status and message of the table, or its own', async () => {
  fault({ kind: 'error', code: 'Busy', retryAfterMs: 1500 });
  const first = await say();
  expect(first.status).toBe(503);
  expect(first.headers.get('x-acs-retry-after')).toBe('1500');
  expect(await first.json()).toEqual({ code: 'Busy', text: 'Too busy.' });
  fault({ kind: 'error', code: 'Odd', status: 418, message: 'Teapot.' });
  const second = await say();
  expect(second.status).toBe(418);
  expect(await second.json()).toEqual({ code: 'Odd', text: 'Teapot.' });
  expect(handled).toBe(0);
});

test('an error fault with a code of no table says that the fault is wrong', async () => {
  fault({ kind: 'error', code: 'Typo' });
  const response = await say();
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({
    code: 'SandboxFaultUnknown',
    text: expect.stringContaining('Typo'),
  });
});

test('html-503 and empty-500', async () => {
  fault({ kind: 'html-503' });
  const html = await say();
  expect(html.status).toBe(503);
  expect(html.headers.get('content-type')).toContain('text/html');
  expect(await html.text()).toMatch(/^<html>/);
  fault({ kind: 'empty-500' });
  const empty = await say();
  expect(empty.status).toBe(500);
  expect(await empty.text()).toBe('');
});

test('reset closes without an answer', async () => {
  fault({ kind: 'reset' });
  await expect(say()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(world.journal.entries()).toMatchObject([{ operation: 'Say', status: undefined }]);
});

test('cut-body promises the whole and sends half', async () => {
  fault({ kind: 'cut-body' }, { afterEffect: true });
  const received = await rawAnswer('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello');
  const [head, body] = received.split('\r\n\r\n');
  expect(head).toContain('content-length: 16');
  expect(body).toBe('{"said":');
  fault({ kind: 'cut-body' }, { afterEffect: true });
  await expect(say('/empty')).rejects.toThrow();
});

test('hang leaves the connection open until the server closes', async () => {
  fault({ kind: 'hang' });
  const socket = connect(server.port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  let received = '';
  socket.on('data', (chunk) => {
    received += String(chunk);
  });
  socket.on('error', () => {});
  await vi.waitFor(() => expect(world.journal.entries()).toHaveLength(1));
  expect(socket.destroyed).toBe(false);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await server.close();
  await closed;
  expect(received).toBe('');
  server = await startServer({ world, services: [echo()], port: 0 });
});

test('a fault takes the place of the effect, with afterEffect only of the answer', async () => {
  fault({ kind: 'reset' });
  await expect(say()).rejects.toThrow();
  expect(handled).toBe(0);
  fault({ kind: 'reset' }, { afterEffect: true });
  await expect(say()).rejects.toThrow();
  expect(handled).toBe(1);
  fault({ kind: 'error', code: 'Busy' }, { afterEffect: true });
  expect((await say()).status).toBe(503);
  expect(handled).toBe(2);
});

test('a client may take the server for its proxy', async () => {
  for (const target of ['http://audit.localhost/deny?x', 'http://audit.localhost/break']) {
    const answer = await rawAnswer(
      `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(target.endsWith('x') ? /^HTTP\/1.1 403/ : /^HTTP\/1.1 500/);
  }
  const root = 'GET http://audit.localhost HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
  expect(await rawAnswer(root)).toMatch(/^HTTP\/1.1 200/);
});

test('what is broken is broken inside a tunnel too', async () => {
  await server.close();
  const authority = openAuthority(newAuthority());
  const open = async () => authority;
  server = await startServer({ world, services: [echo()], port: 0, openAuthority: open });
  const host = 'ram.aliyuncs.com';
  const secured = await openSecureTunnel(server.endpoint, host, authority.certificate);
  const answers: string[] = [];
  secured.on('data', (chunk) => answers.push(String(chunk)));
  const ended = new Promise((resolve) => secured.once('error', resolve));
  const { localPort = 0 } = secured;
  secured.write(`GET / HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  await vi.waitFor(() => expect(answers.join('')).toContain('"said"'));
  server.breakConnections([{ localPort, remotePort: server.port }]);
  secured.write(`GET / HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  expect(await ended).toMatchObject({ code: 'ECONNRESET' });
  expect(handled).toBe(1);
});

test('a body of more than the limit is refused', async () => {
  await server.close();
  server = await startServer({ world, services: [echo()], port: 0, largestBodyBytes: 1000 });
  expect((await say('/', 'x'.repeat(1000))).status).toBe(200);
  expect((await say('/', 'x'.repeat(1001))).status).toBe(413);
  expect(handled).toBe(1);
});

test('a port in use is an error', async () => {
  await expect(startServer({ world, services: [], port: server.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

/** Everything that comes back until the connection ends. */
function rawAnswer(request: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(request));
    let received = '';
    socket.on('data', (chunk) => {
      received += String(chunk);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
  });
}
