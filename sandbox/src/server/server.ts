import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { World } from '../world/world.ts';
import { answerCall, type Outcome } from './answer-call.ts';
import type { CertificateAuthority } from './certificate-authority.ts';
import type { HttpAnswer, HttpRequest, HttpService } from './http-service.ts';
import { resetConnection, serveTunnels } from './tunnels.ts';

/** What answers. */
export interface Backend {
  readonly world: World;
  /** Asked in this order whose request it is. */
  readonly services: readonly HttpService[];
}

export interface ServerOptions extends Backend {
  /** 0: any free port. */
  readonly port: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** A larger body is refused: 413, `SandboxBodyTooLarge`. Default 64 MB. */
  readonly largestBodyBytes?: number;
  /** What vouches for the hosts that clients open a tunnel to, by `CONNECT`. Default: none can. */
  readonly openAuthority?: () => Promise<CertificateAuthority>;
}

export interface SandboxServer {
  readonly port: number;
  /** `http://{host}:{port}`, as this machine reaches it. */
  readonly endpoint: string;
  /**
   * Breaks these connections, as a network that has forgotten them does: the client hears of it when
   * it sends again, by a reset. Those that are not the server's are passed over.
   */
  breakConnections(connections: readonly ClientConnection[]): void;
  /** This answers from now on. What has been read before is answered by what was there then. */
  serve(backend: Backend): void;
  /** Closes every connection, those that a fault left hanging too. */
  close(): Promise<void>;
}

/** A connection, as the client's end names it. */
export interface ClientConnection {
  readonly localPort: number;
  readonly remotePort: number;
}

/** Twice what any service takes, so that a body over its limit is refused in its own words. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;

/** With Node's 5 s a busy client sends on a connection just as it is closed, and sees a reset. */
const KEEP_ALIVE_MS = 60_000;

/** With Node's 511 the kernel drops or resets some of thousands that connect at once. */
const LONGEST_BACKLOG = 16_384;

/** One port for all services. Rejects when the port can't be had. */
export async function startServer(options: ServerOptions): Promise<SandboxServer> {
  const { port, host = '127.0.0.1' } = options;
  let backend: Backend = options;
  const largestBodyBytes = options.largestBodyBytes ?? LARGEST_BODY_BYTES;
  const sockets = new Map<number | undefined, Socket>();
  const broken = new WeakSet<Socket>();
  const server = createServer((incoming, response) => {
    const { socket } = incoming;
    if (broken.has(socket)) {
      resetConnection(socket);
      return;
    }
    void (async () => {
      const request = await readRequest(incoming, largestBodyBytes);
      if (request === undefined) return;
      const outcome = await answerCall(backend.world, backend.services, request);
      deliver(response, broken.has(socket) ? { delivery: 'hang' } : outcome);
    })();
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('connection', (socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => {
      if (sockets.get(remotePort) === socket) sockets.delete(remotePort);
    });
  });
  const { openAuthority } = options;
  const endTunnels = openAuthority === undefined ? () => {} : serveTunnels(server, openAuthority);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: LONGEST_BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const boundPort = addressOf(server.address()).port;
  return {
    port: boundPort,
    endpoint: `http://${isAnyAddress(host) ? '127.0.0.1' : host}:${boundPort}`,
    breakConnections(connections) {
      for (const { localPort, remotePort } of connections) {
        const socket = remotePort === boundPort ? sockets.get(localPort) : undefined;
        if (socket === undefined) continue;
        broken.add(socket);
        // Closing an idle connection would tell the client of it.
        socket.setTimeout(0);
      }
    },
    serve(next) {
      backend = next;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
        endTunnels();
      }),
  };
}

/** Listened at, and no address to connect to. */
function isAnyAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address;
}

/** `undefined` when the client went away in the middle; `too-large` is answered, not thrown. */
async function readRequest(
  incoming: IncomingMessage,
  largestBytes: number,
): Promise<HttpRequest | 'too-large' | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming) {
      const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      bytes += buffer.length;
      // Read to the end all the same: a client that is still sending would not see the answer.
      if (bytes <= largestBytes) chunks.push(buffer);
    }
  } catch {
    return undefined;
  }
  if (bytes > largestBytes) return 'too-large';
  const { target, authority } = readTarget(incoming.url ?? '/');
  const mark = target.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: mark === -1 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1)),
    target,
    headers: authority === undefined ? incoming.headers : { ...incoming.headers, host: authority },
    body: Buffer.concat(chunks),
    ...(authority === undefined ? {} : { isProxied: true }),
  };
}

/** A client that takes the server for its proxy sends the whole URL, whose host counts: RFC 9112, 3.2.2. */
function readTarget(url: string): { readonly target: string; readonly authority?: string } {
  const [, authority, rest = ''] = /^http:\/\/([^/?]*)(.*)$/i.exec(url) ?? [];
  if (authority === undefined) return { target: url };
  return { target: rest.startsWith('/') ? rest : `/${rest}`, authority };
}

function deliver(response: ServerResponse, outcome: Outcome): void {
  if (outcome.delivery === 'hang') return;
  const { socket } = response;
  if (outcome.delivery === 'reset') {
    if (socket !== null) resetConnection(socket);
    return;
  }
  const { delivery, answer } = outcome;
  if (delivery === 'whole') {
    response.writeHead(answer.status, headersOf(answer));
    response.end(answer.body);
    return;
  }
  if (answer.body.length === 0) {
    if (socket !== null) resetConnection(socket);
    return;
  }
  response.writeHead(answer.status, headersOf(answer));
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
  response.write(half, () => socket?.destroy());
}

function headersOf(answer: HttpAnswer): Record<string, string> {
  return { ...answer.headers, 'content-length': String(answer.body.length) };
}
