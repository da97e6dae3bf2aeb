import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';

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
