/**
 * `node --import alibaba-cloud-sandbox/proxy app.js`: connections of `node:http` and `node:https` to
 * hosts of Alibaba Cloud go through the proxy that `HTTPS_PROXY` names. The official SDKs for Node.js
 * look at no such variable, and bring agents of their own, which is why it changes what those inherit.
 * Other hosts, and `fetch`, are left alone.
 */
import { Agent as HttpAgent, type RequestOptions, request } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import { isCloudName } from './server/host-name.ts';

const { HTTPS_PROXY } = process.env;
if (HTTPS_PROXY === undefined) {
  throw new Error(
    'HTTPS_PROXY is not set: alibaba-cloud-sandbox --proxy --write-env writes a file that sets it.',
  );
}
const proxy = new URL(HTTPS_PROXY);

type Opened = (error: Error | null, socket?: Socket) => void;
type CreateConnection = (options: RequestOptions, opened: Opened) => Socket | undefined;

for (const { prototype } of [HttpAgent, HttpsAgent] as { prototype: object }[]) {
  const inherited = prototype as { createConnection: CreateConnection };
  const connect = inherited.createConnection;
  inherited.createConnection = function (options, opened) {
    const { host, port } = options;
    if (!isCloudName(host ?? '')) return connect.call(this, options, opened);
    openTunnel(`${host}:${port}`, (error, socket) => {
      if (error !== null || prototype === HttpAgent.prototype) opened(error, socket);
      else
        opened(
          null,
          connect.call(this, { ...options, socket } as RequestOptions, () => {}),
        );
    });
    return undefined;
  };
}

function openTunnel(target: string, opened: Opened): void {
  const { hostname, port } = proxy;
  // An agent of its own: the prototype's is the one that is changed.
  const asked = request({ host: hostname, port, method: 'CONNECT', path: target, agent: false });
  asked.once('error', (error) => opened(error));
  asked.once('connect', ({ statusCode, statusMessage }, socket: Socket) => {
    if (statusCode === 200) opened(null, socket);
    else opened(new Error(`${statusCode} ${statusMessage}`));
  });
  asked.end();
}
