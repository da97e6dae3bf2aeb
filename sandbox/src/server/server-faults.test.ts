import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { startEchoServer } from '../testing/echo-server.ts';

test('a call that a fault hits takes of the quota, and a throttled one meets no fault', async () => {
  const { world, say, fault } = await startEchoServer();
  fault({ kind: 'html-503' }, { when: { first: 4 } });
  for (let call = 0; call < 3; call++) expect((await say()).status).toBe(503);
  expect((await say()).status).toBe(429);
  world.clock.advance(1000);
  expect((await say()).status).toBe(503);
  expect((await say()).status).toBe(200);
});

test('an error fault takes status and message of the table, or its own', async () => {
  const { say, fault, handled } = await startEchoServer();
  fault({ kind: 'error', code: 'Busy', retryAfterMs: 1500 });
  const first = await say();
  expect(first.status).toBe(503);
  expect(first.headers.get('x-acs-retry-after')).toBe('1500');
  expect(await first.json()).toEqual({ code: 'Busy', text: 'Too busy.' });
  fault({ kind: 'error', code: 'Odd', status: 418, message: 'Teapot.' });
  const second = await say();
  expect(second.status).toBe(418);
  expect(await second.json()).toEqual({ code: 'Odd', text: 'Teapot.' });
  expect(handled()).toBe(0);
});

test('an error fault with a code of no table says that the fault is wrong', async () => {
  const { say, fault } = await startEchoServer();
  fault({ kind: 'error', code: 'Typo' });
  const response = await say();
  expect(response.status).toBe(500);
  expect(await response.json()).toMatchObject({
    code: 'SandboxFaultUnknown',
    text: expect.stringContaining('Typo'),
  });
});

test('html-503 and empty-500', async () => {
  const { say, fault } = await startEchoServer();
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
  const { world, say, fault } = await startEchoServer();
  fault({ kind: 'reset' });
  await expect(say()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  expect(world.journal.entries()).toMatchObject([{ operation: 'Say', status: undefined }]);
});

test('cut-body promises the whole and sends half', async () => {
  const { say, fault, rawAnswer } = await startEchoServer();
  fault({ kind: 'cut-body' }, { afterEffect: true });
  const received = await rawAnswer('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhello');
  const [head, body] = received.split('\r\n\r\n');
  expect(head).toContain('content-length: 16');
  expect(body).toBe('{"said":');
  fault({ kind: 'cut-body' }, { afterEffect: true });
  await expect(say('/empty')).rejects.toThrow();
});

test('hang leaves the connection open until the server closes', async () => {
  const { world, server, close, fault } = await startEchoServer();
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
  await close();
  await closed;
  expect(received).toBe('');
});

test('a fault takes the place of the effect, with afterEffect only of the answer', async () => {
  const { say, fault, handled } = await startEchoServer();
  fault({ kind: 'reset' });
  await expect(say()).rejects.toThrow();
  expect(handled()).toBe(0);
  fault({ kind: 'reset' }, { afterEffect: true });
  await expect(say()).rejects.toThrow();
  expect(handled()).toBe(1);
  fault({ kind: 'error', code: 'Busy' }, { afterEffect: true });
  expect((await say()).status).toBe(503);
  expect(handled()).toBe(2);
});
