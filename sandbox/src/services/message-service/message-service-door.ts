import { createHash, createHmac } from 'node:crypto';
import { headerOf } from '../../protocols/header.ts';
import { isSameText } from '../../protocols/is-same-text.ts';
import type { Call, HttpAnswer, HttpRequest, HttpService } from '../../server/http-service.ts';
import type { Caller } from '../../world/identities.ts';
import type { World } from '../../world/world.ts';
import { MESSAGE_SERVICE_ERRORS, messageServiceError } from './errors.ts';
import type { MessageService } from './message-service.ts';
import { answerQueueCall, isQueueOperation, type Members, queueCallOf } from './queue-calls.ts';

const SERVICE = 'message-service';
const TIME_TOLERANCE_MS = 15 * 60 * 1000;

/**
 * Simple Message Queue over HTTP: for whoever looks whether a queue is there, and takes its messages.
 * XML, signed with HMAC-SHA1. Sources: "Sign requests", and what `@alicloud/mns` sends.
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

  async function handle({ operation, request }: Call, caller: Caller): Promise<HttpAnswer> {
    if (!isQueueOperation(operation)) throw messageServiceError('SandboxUnsupportedOperation');
    const { queue, path } = queueCallOf(request);
    const action = `mns:${operation}`;
    const resource = `acs:mns:${world.region}:${accountId}:${path}`;
    if (caller.accountId !== accountId || !caller.allows(action, resource)) {
      throw messageServiceError(
        'AccessDenied',
        `${MESSAGE_SERVICE_ERRORS.AccessDenied.message} Action: ${action}, resource: ${resource}`,
      );
    }
    checkBodyDigest(request);
    const { status, element } = await answerQueueCall(
      messageService,
      operation,
      queue,
      request.query,
    );
    return element === undefined
      ? { status, headers: {}, body: Buffer.alloc(0) }
      : xmlAnswer(status, ...element);
  }

  return {
    errors: MESSAGE_SERVICE_ERRORS,
    identify: (request) => {
      if (!headerOf(request, 'authorization')?.startsWith('MNS ')) return undefined;
      const { operation } = queueCallOf(request);
      return { service: SERVICE, operation, apiVersion: headerOf(request, 'x-mns-version') ?? '' };
    },
    authenticate,
    quota: () => undefined,
    throttled: () => messageServiceError('InternalError'),
    handle,
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

/** The header has the digits of the digest in base64, as the SDK writes it. */
function checkBodyDigest(request: HttpRequest): void {
  const given = headerOf(request, 'content-md5');
  if (given === undefined) return;
  const digits = createHash('md5').update(request.body).digest('hex');
  if (given !== Buffer.from(digits).toString('base64')) throw messageServiceError('InvalidDegist');
}

function xmlAnswer(status: number, root: string, members: Members): HttpAnswer {
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
