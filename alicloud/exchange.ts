import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Exchange {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends the body and reads the answer to its end. Rejects when no whole answer arrives. */
export function exchange(request: ClientRequest, body: Buffer | undefined): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      // A body that breaks off: `end` never comes.
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          statusCode: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        });
      });
    });
    request.end(body);
  });
}

/**
 * Sends one request and reads its answer to the end. Rejects when no whole answer arrives; the
 * signal ends it at any point. Keeps no socket.
 */
export function sendRequest(
  url: URL,
  options: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
  body: Buffer,
): Promise<Exchange> {
  const isHttps = url.protocol === 'https:';
  const Agent = isHttps ? HttpsAgent : HttpAgent;
  const send = isHttps ? httpsRequest : httpRequest;
  return exchange(send(url, { ...options, agent: new Agent({ keepAlive: false }) }), body);
}
