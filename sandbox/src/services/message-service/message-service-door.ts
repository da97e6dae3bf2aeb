import { createHmac } from 'node:crypto';
import { headerOf } from '../../protocols/header.ts';
import { isSameText } from '../../protocols/is-same-text.ts';
import type { Call, HttpAnswer, HttpRequest, HttpService } from '../../server/http-service.ts';
import type { Caller } from '../../world/identities.ts';
import type { World } from '../../world/world.ts';
import {
  MESSAGE_SERVICE_ERRORS,
  type MessageService,
  messageServiceError,
} from './message-service.ts';

const SERVICE = 'message-service';
const TIME_TOLERANCE_MS = 15 * 60 * 1000;
const QUEUE = /^\/queues\/([^/]+)$/;

/** What faults may name. */
export const MESSAGE_SERVICE_OPERATIONS = ['GetQueueAttributes'] as const;

/**
 * Simple Message Queue over HTTP: `GetQueueAttributes` only, for whoever looks whether a queue is
 * there and has messages. XML, signed with HMAC-SHA1. Sources: MNS, "GetQueueAttributes" and
 * "Sign requests", and what `@alicloud/mns` sends.
 */
export function createMessageServiceDoor(
  world: World,
  accountId: string,
  messageService: MessageService,
): HttpService {
  function authenticate({ request }: Call): Caller {
    const [, keyId = '', signature = ''] =
      /^MNS ([^:]+):(\S+)$/.exec(headerOf(request, 'authorization') ?? '') ?? [];
    if (signature === '') throw messageServiceError('InvalidAuthorizationHeader');
    const key = world.identities.find(keyId, headerOf(request, 'security-token'));
    if (key.kind !== 'found') throw messageServiceError('AccessIDAuthError');
    const expected = createHmac('sha1', key.accessKeySecret)
      .update(stringToSign(request))
      .digest('base64');
    if (!isSameText(signature, expected)) throw messageServiceError('SignatureDoesNotMatch');
    // The real time: SDKs sign with it, whatever the sandbox's clock says.
    const distanceMs = Math.abs(Date.parse(headerOf(request, 'date') ?? '') - Date.now());
    if (!(distanceMs <= TIME_TOLERANCE_MS)) throw messageServiceError('TimeExpired');
    return key.caller;
  }

  function handle({ operation, request }: Call, caller: Caller): HttpAnswer {
    if (operation !== 'GetQueueAttributes') {
      throw messageServiceError('SandboxUnsupportedOperation');
    }
    const name = decodeURIComponent(QUEUE.exec(request.path)?.[1] ?? '');
    const resource = `acs:mns:${world.region}:${accountId}:/queues/${name}`;
    if (caller.accountId !== accountId || !caller.allows('mns:GetQueueAttributes', resource)) {
      throw messageServiceError(
        'AccessDenied',
        `${MESSAGE_SERVICE_ERRORS.AccessDenied.message} Action: mns:GetQueueAttributes, resource: ${resource}`,
      );
    }
    const queue = messageService.queue(name);
    return xmlAnswer(200, 'Queue', {
      QueueName: name,
      CreateTime: Math.floor(queue.createdAtMs / 1000),
      LastModifyTime: Math.floor(queue.modifiedAtMs / 1000),
      ...queue.settings,
      ActiveMessages: queue.messages.length,
      InactiveMessages: 0,
      DelayMessages: 0,
      LoggingEnabled: 'false',
    });
  }

  return {
    errors: MESSAGE_SERVICE_ERRORS,
    identify: (request) => {
      if (!headerOf(request, 'authorization')?.startsWith('MNS ')) return undefined;
      const isRead = request.method === 'GET' && QUEUE.test(request.path);
      const operation = isRead ? 'GetQueueAttributes' : `${request.method} ${request.path}`;
      return { service: SERVICE, operation, apiVersion: headerOf(request, 'x-mns-version') ?? '' };
    },
    authenticate,
    quota: () => undefined,
    throttled: () => messageServiceError('InternalError'),
    handle: async (call, caller) => handle(call, caller),
    renderError: ({ status, code, message }, call) =>
      xmlAnswer(status, 'Error', {
        Code: code,
        Message: message,
        RequestId: call.requestId,
        HostId: `http://${headerOf(call.request, 'host') ?? ''}`,
      }),
  };
}

function stringToSign(request: HttpRequest): string {
  const mnsHeaders = Object.keys(request.headers)
    .filter((name) => name.startsWith('x-mns-'))
    .sort()
    .map((name) => `${name}:${headerOf(request, name) ?? ''}\n`);
  const head = [
    request.method,
    headerOf(request, 'content-md5') ?? '',
    headerOf(request, 'content-type') ?? '',
    headerOf(request, 'date') ?? '',
    '',
  ];
  return head.join('\n') + mnsHeaders.join('') + request.target;
}

function xmlAnswer(
  status: number,
  root: string,
  members: Readonly<Record<string, string | number>>,
): HttpAnswer {
  const inner = Object.entries(members).map(([name, value]) => {
    const text = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return `<${name}>${text}</${name}>`;
  });
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=utf-8' },
    body: Buffer.from(
      `<?xml version="1.0"?>\n<${root} xmlns="http://mns.aliyuncs.com/doc/v1/">${inner.join('')}</${root}>\n`,
    ),
  };
}
