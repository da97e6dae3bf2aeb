import { request } from 'node:http';
import { Agent, type RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';

/** A tunnel through the sandbox. Rejects with its status line and body where there is none. */
export function openTunnel(endpoint: string, target: string): Promise<Socket> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname, port, method: 'CONNECT', path: target });
    asked.once('error', reject);
    asked.once('connect', ({ statusCode, statusMessage }, socket: Socket, head) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`${statusCode} ${statusMessage} ${head}`));
    });
    asked.end();
  });
}

/** TLS to a host of the cloud, by the sandbox as its proxy. */
export async function openSecureTunnel(
  endpoint: string,
  host: string,
  ca: string,
): Promise<TLSSocket> {
  const socket = await openTunnel(endpoint, `${host}:443`);
  return new Promise((resolve, reject) => {
    const secured = connect({ socket, servername: host, ca }, () => {
      secured.off('error', reject);
      resolve(secured);
    });
    secured.once('error', reject);
  });
}

/** For clients that take an agent. */
export class SandboxAgent extends Agent {
  readonly #endpoint: string;
  readonly #ca: string;

  constructor(endpoint: string, ca: string) {
    super({ keepAlive: false });
    this.#endpoint = endpoint;
    this.#ca = ca;
  }

  override createConnection(
    { host }: RequestOptions,
    done: (error: Error | null, stream: Duplex) => void = () => {},
  ): undefined {
    openSecureTunnel(this.#endpoint, host ?? '', this.#ca).then(
      (socket) => done(null, socket),
      // Of an error nobody looks at the stream.
      (error) => done(error, new Duplex()),
    );
  }
}
