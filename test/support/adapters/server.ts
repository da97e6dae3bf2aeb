/** A bare HTTP server that answers what a test says, for the adapters that call it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** The request target, path and query. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void;

export interface RawServer {
  readonly url: string;
  readonly port: number;
  readonly seen: SeenRequest[];
  /** Resolves when no connection is left open; the test's own timeout is the bound. */
  untilNoSockets(): Promise<void>;
  close(): Promise<void>;
}

/** Answers the first request with the first answer, and so on; the last one repeats. */
export async function startRawServer(...answers: Answer[]): Promise<RawServer> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[Math.min(seen.length, answers.length - 1)];
      const entry: SeenRequest = {
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks),
      };
      seen.push(entry);
      answer?.(response, entry);
    });
  });
  // So that only the client can be the one that does not keep a connection.
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) {
        for (const resolve of waiting) {
          resolve();
        }
        waiting = [];
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    untilNoSockets: () =>
      sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) {
          socket.destroy();
        }
        server.close(() => resolve());
      }),
  };
}

export function json(
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return text(JSON.stringify(body), status, headers);
}

/** As it is: for bodies that `JSON.stringify` can't write, such as 16-digit integers. */
export function text(
  body: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return (response) => {
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    });
    response.end(body);
  };
}

/** Network faults, and how an adapter has to name each. */
export const faults: readonly {
  readonly name: string;
  readonly code: 'NoAnswer' | 'MalformedAnswer';
  /** What the message says of a connection; default: that the answer is malformed. */
  readonly reason?: RegExp;
  /** Set where only the call's own bound ends it. */
  readonly timeoutMs?: number;
  readonly answer: Answer;
}[] = [
  {
    name: 'reset',
    code: 'NoAnswer',
    reason: /ECONNRESET/,
    answer: (response) => response.socket?.resetAndDestroy(),
  },
  { name: 'hang', code: 'NoAnswer', reason: /not within/, timeoutMs: 500, answer: () => undefined },
  {
    name: 'a body that breaks off',
    code: 'NoAnswer',
    reason: /ECONNRESET/,
    answer: (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
      response.write('{"RequestId":"1","Con', () => response.socket?.destroy());
    },
  },
  {
    name: 'a slow drip',
    code: 'NoAnswer',
    reason: /not within/,
    timeoutMs: 500,
    answer: (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000_000 });
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    },
  },
  { name: 'a cut body', code: 'MalformedAnswer', answer: text('{"RequestId":"1","Con') },
  {
    name: 'html 503',
    code: 'MalformedAnswer',
    answer: text('<html><body>503</body></html>', 503, { 'content-type': 'text/html' }),
  },
  { name: 'empty 500', code: 'MalformedAnswer', answer: text('', 500) },
  { name: '500 without a code', code: 'MalformedAnswer', answer: text('{}', 500) },
  { name: 'null', code: 'MalformedAnswer', answer: text('null') },
  { name: 'a list', code: 'MalformedAnswer', answer: text('[]') },
  { name: 'a text', code: 'MalformedAnswer', answer: text('"fine"') },
];
