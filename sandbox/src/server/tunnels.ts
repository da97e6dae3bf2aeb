import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { CertificateAuthority } from './certificate-authority.ts';
import { isCloudName } from './host-name.ts';

/** What TLS goes over. */
const carriers = new WeakMap<Socket, Socket>();

/**
 * Serves `CONNECT`, for clients that take the server for their proxy: requests inside a tunnel to a
 * host of the cloud are the server's own, over TLS at port 443 and as they are at 80. Other hosts are
 * refused with 403: nothing is passed on to the network. Returns a function that ends all tunnels.
 */
export function serveTunnels(
  server: Server,
  openAuthority: () => Promise<CertificateAuthority>,
): () => void {
  const tunnels = new Set<Socket>();

  async function serve(socket: Socket, target: string, head: Buffer): Promise<void> {
    tunnels.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => tunnels.delete(socket));
    const [, host = '', port] = /^([A-Za-z0-9.-]+):(80|443)$/.exec(target) ?? [];
    if (!isCloudName(host)) {
      socket.end(refusal(target));
      return;
    }
    const context =
      port === '443' ? (await openAuthority()).contextOf(host.toLowerCase()) : undefined;
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    if (context === undefined) {
      server.emit('connection', socket);
      return;
    }
    const secured = new TLSSocket(socket, { isServer: true, secureContext: context });
    carriers.set(secured, socket);
    // A client that does not trust the certificate breaks off.
    secured.on('error', () => socket.destroy());
    server.emit('connection', secured);
  }

  server.on('connect', ({ url = '' }, socket: Socket, head: Buffer) => {
    serve(socket, url, head).catch((error) => {
      process.stderr.write(`sandbox: no tunnel to ${url}: ${error}\n`);
      socket.destroy();
    });
  });
  return () => {
    for (const socket of tunnels) socket.destroy();
  };
}

/** Sends a reset, past TLS. */
export function resetConnection(socket: Socket): void {
  (carriers.get(socket) ?? socket).resetAndDestroy();
}

/** Clients show the status line, some of them nothing else. */
function refusal(target: string): string {
  const reason = `The sandbox is no proxy to ${target.replace(/[^\w.:-]/g, '?')}`;
  const body = JSON.stringify({
    Code: 'SandboxUnknownHost',
    Message: `${reason}: it serves hosts of aliyuncs.com at the ports 443 and 80, and passes nothing on.`,
  });
  return [
    `HTTP/1.1 403 ${reason}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
