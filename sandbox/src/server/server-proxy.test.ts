import { expect, test, vi } from 'vitest';
import { startEchoServer } from '../testing/echo-server.ts';
import { openSecureTunnel } from '../testing/proxied.ts';
import { newAuthority, openAuthority } from './certificate-authority.ts';

test('a client may take the server for its proxy', async () => {
  const { rawAnswer } = await startEchoServer();
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
  const authority = openAuthority(newAuthority());
  const open = async () => authority;
  const { server, handled } = await startEchoServer({ openAuthority: open });
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
  expect(handled()).toBe(1);
});

test('closing ends a tunnel that is not there yet', async () => {
  const asked = vi.fn();
  const openNever = () => new Promise<never>(asked);
  const { close, rawAnswer } = await startEchoServer({ openAuthority: openNever });
  const answer = rawAnswer('CONNECT ram.aliyuncs.com:443 HTTP/1.1\r\nhost: x\r\n\r\n');
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  await close();
  expect(await answer).toBe('');
});
