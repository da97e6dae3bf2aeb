import { expect, test, vi } from 'vitest';
import { startEchoServer } from '../testing/echo-server.ts';
import { startServer } from './server.ts';

test('answers what the service answers, and writes the call down', async () => {
  const { world, say } = await startEchoServer();
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
  const { world, say } = await startEchoServer();
  const response = await say('/other');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ Code: 'SandboxUnknownProtocol' });
  expect(world.journal.entries()).toMatchObject([{ service: 'sandbox', status: 404 }]);
});

test('a caller that is not let in meets no fault and takes no quota', async () => {
  const { world, say, fault } = await startEchoServer();
  fault({ kind: 'error', code: 'Busy' }, { when: { first: 1 } });
  for (let call = 0; call < 5; call++) {
    expect(await (await say('/deny')).json()).toEqual({ code: 'Denied', text: 'Not you.' });
  }
  expect((await say()).status).toBe(503);
  expect(world.journal.entries()[0]).toMatchObject({ accountId: undefined, errorCode: 'Denied' });
});

test('the quota is kept, and a refused call is not handled', async () => {
  const { world, say, handled } = await startEchoServer();
  for (let call = 0; call < 3; call++) expect((await say()).status).toBe(200);
  const response = await say();
  expect(response.status).toBe(429);
  expect(await response.json()).toMatchObject({ code: 'Throttled' });
  expect(handled()).toBe(3);
  world.clock.advance(1000);
  expect((await say()).status).toBe(200);
});

test('a service that breaks answers 500 and says why on standard error', async () => {
  const { say } = await startEchoServer();
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const response = await say('/break');
  const written = stderr.mock.calls.map(([text]) => String(text)).join('');
  stderr.mockRestore();
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({ code: 'SandboxInternalError' });
  expect(written).toContain('out of order');
});

test('a body of more than the limit is refused', async () => {
  const { say, handled } = await startEchoServer({ largestBodyBytes: 1000 });
  expect((await say('/', 'x'.repeat(1000))).status).toBe(200);
  expect((await say('/', 'x'.repeat(1001))).status).toBe(413);
  expect(handled()).toBe(1);
});

test('a port in use is an error', async () => {
  const { world, server } = await startEchoServer();
  await expect(startServer({ world, services: [], port: server.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
