import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { InvocationAnswer } from './invocation.ts';

/**
 * Sends one request and reads its answer to the end. Rejects when no whole answer arrives; the
 * signal ends it at any point. Keeps no socket.
 */
export function exchange(
  url: URL,
  options: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
  body: Buffer,
): Promise<InvocationAnswer> {
  const isHttps = url.protocol === 'https:';
  const Agent = isHttps ? HttpsAgent : HttpAgent;
  const send = isHttps ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, { ...options, agent: new Agent({ keepAlive: false }) });
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
