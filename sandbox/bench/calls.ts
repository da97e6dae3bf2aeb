import { createHash, createHmac } from 'node:crypto';
import { answerCall } from '../src/server/answer-call.ts';
import type { HttpRequest } from '../src/server/http-service.ts';
import { NO_DELAYS } from '../src/services/log-service/delays.ts';
import { createLogService, type LogService } from '../src/services/log-service/index.ts';
import { logGroup } from '../src/testing/log-group.ts';
import type { Credentials } from '../src/world/identities.ts';
import { createWorld, type World } from '../src/world/world.ts';
import { INDEX, sampleEntry } from './sample-logs.ts';

const ACCOUNT_ID = '1234567890123456';

export function start(mostLogs: number) {
  const world = createWorld({});
  world.quotas.setEnabled(false);
  const service = createLogService({
    world,
    accountId: ACCOUNT_ID,
    delays: NO_DELAYS,
    limits: { mostLogs, mostBytes: 1024 ** 3 },
  });
  service.createProject('audit');
  service.createLogstore('audit', 'results');
  service.createIndex('audit', 'results', INDEX);
  return { world, service, credentials: world.identities.createAccessKey(ACCOUNT_ID) };
}

export function signedWrite(number: number, credentials: Credentials) {
  const body = logGroup([sampleEntry(number)]);
  return signed('POST', '/logstores/results/shards/lb', { body, credentials });
}

interface Sent {
  readonly body: Buffer;
  readonly credentials: Credentials;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function requestOf({ method, path, headers, body }: ReturnType<typeof signed>): HttpRequest {
  return { method, path, query: new URLSearchParams(), target: path, headers, body };
}

export async function answered(world: World, service: LogService, request: HttpRequest) {
  const outcome = await answerCall(world, [service], request);
  if (!('answer' in outcome)) throw new Error('There is no answer.');
  return outcome.answer;
}

export function signed(method: string, path: string, { body, credentials, ...sent }: Sent) {
  const headers: Record<string, string> = {
    host: 'audit.127.0.0.1',
    date: new Date().toUTCString(),
    'content-type': sent.type ?? 'application/x-protobuf',
    'content-md5': createHash('md5').update(body).digest('hex').toUpperCase(),
    'x-log-apiversion': '0.6.0',
    'x-log-bodyrawsize': String(body.length),
    'x-log-signaturemethod': 'hmac-sha1',
    ...sent.headers,
  };
  const custom = Object.keys(headers).filter((name) => name.startsWith('x-log-'));
  const text = [
    method,
    headers['content-md5'],
    headers['content-type'],
    headers.date,
    ...custom.sort().map((name) => `${name}:${headers[name]}`),
    path,
  ].join('\n');
  const signature = createHmac('sha1', credentials.accessKeySecret).update(text).digest('base64');
  headers.authorization = `LOG ${credentials.accessKeyId}:${signature}`;
  return { method, path, headers, body };
}
