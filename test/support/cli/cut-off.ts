import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Stands in front of a sandbox and hands its answers on, until `isReached`, asked after each answer:
 * that one and all that come after it are kept back, as from a process that is gone by then.
 */
export async function cutOff(endpoint: string, isReached: () => boolean) {
  let cut: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    cut = resolve;
  });
  const server = createServer((incoming, outgoing) => {
    const { method, url, rawHeaders } = incoming;
    const onward = request(`${endpoint}${url}`, { method, headers: rawHeaders }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        if (isReached()) {
          cut();
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
        outgoing.end(Buffer.concat(chunks));
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, reached };
}
