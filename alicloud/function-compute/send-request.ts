import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { exchange } from '../exchange.ts';
import type { InvocationAnswer } from './invocation.ts';

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
): Promise<InvocationAnswer> {
  const isHttps = url.protocol === 'https:';
  const Agent = isHttps ? HttpsAgent : HttpAgent;
  const send = isHttps ? httpsRequest : httpRequest;
  return exchange(send(url, { ...options, agent: new Agent({ keepAlive: false }) }), body);
}
