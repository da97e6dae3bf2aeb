import { createHmac } from 'node:crypto';
import { headerOf } from '../../protocols/header.ts';
import { isSameText } from '../../protocols/is-same-text.ts';
import type { RpcOperation } from '../../protocols/rpc/operation.ts';
import { createParameterReader } from '../../protocols/rpc/parameters.ts';
import type { Call, HttpAnswer, HttpRequest, HttpService } from '../../server/http-service.ts';
import type { Caller } from '../../world/identities.ts';
import type { World } from '../../world/world.ts';
import { EVENT_BRIDGE_ERRORS, eventBridgeError } from './errors.ts';
import { SERVICE } from './event-bridge-service.ts';
import { DEFAULT_BUS, type EventRules } from './event-rules.ts';
import { ruleOperations } from './operations.ts';

const TIME_TOLERANCE_MS = 15 * 60 * 1000;
const API_VERSION = '2015-06-06';

/** What the SDK calls them, and their names in the API. */
const OPERATIONS: Readonly<Record<string, string>> = {
  createRule: 'CreateRule',
  createTargets: 'PutTargets',
  deleteRule: 'DeleteRule',
  deleteTargets: 'DeleteTargets',
  disableRule: 'DisableRule',
  enableRule: 'EnableRule',
  getRule: 'GetRule',
  listRules: 'ListRules',
  listTargets: 'ListTargets',
  putEvents: 'PutEvents',
  updateRule: 'UpdateRule',
};

/**
 * The endpoint that `@alicloud/eventbridge` speaks to: `POST /openapi/{operation}`, JSON, signed with
 * HMAC-SHA1. The same rules as behind the RPC gateway. Source: what the SDK sends and reads.
 */
export function createEventBridgeOpenApi(
  world: World,
  accountId: string,
  rules: EventRules,
): HttpService {
  const operations: Readonly<Record<string, RpcOperation>> = ruleOperations(rules, world);

  function authenticate({ request }: Call): Caller {
    const [, keyId = '', signature = ''] =
      /^acs:([^:]+):(\S+)$/.exec(headerOf(request, 'authorization') ?? '') ?? [];
    const key = world.identities.find(keyId, headerOf(request, 'x-acs-security-token'));
    if (key.kind === 'unknown-key') throw eventBridgeError('InvalidAccessKeyId');
    if (key.kind !== 'found') throw eventBridgeError('SecurityTokenInvalid');
    const expected = createHmac('sha1', key.accessKeySecret)
      .update(stringToSign(request))
      .digest('base64');
    const dateMs = Date.parse(headerOf(request, 'date') ?? '');
    // The real time: SDKs sign with it, whatever the sandbox's clock says.
    const isOnTime = Math.abs(dateMs - Date.now()) <= TIME_TOLERANCE_MS;
    if (!isSameText(signature, expected) || !isOnTime) {
      throw eventBridgeError('SignatureDoesNotMatch');
    }
    return key.caller;
  }

  function handle(call: Call, caller: Caller): HttpAnswer {
    if (caller.accountId !== accountId) throw eventBridgeError('AccessDenied');
    if (call.operation === 'PutEvents') return putEvents(call, caller);
    const operation = operations[call.operation];
    if (operation === undefined) throw eventBridgeError('SandboxUnsupportedOperation');
    const prepared = operation.prepare(createParameterReader(parametersOf(call.request)));
    const { action } = operation;
    if (action !== undefined && !caller.allows(action, prepared.resource(caller))) {
      throw refusal(action);
    }
    const { Code, Message, Data } = prepared.handle({ call, caller });
    if (Code !== 'Success') return answer(409, call, { code: Code, message: Message });
    return answer(200, call, typeof Data === 'object' ? { ...Data } : {});
  }

  /** The bus `default` takes events of Alibaba Cloud services only, and there is no other. */
  function putEvents({ request }: Call, caller: Caller): HttpAnswer {
    const events: unknown = parseJson(request.body);
    if (!Array.isArray(events) || events.length === 0) {
      throw eventBridgeError('InvalidArgument', 'a list of events is expected');
    }
    for (const event of events) {
      const bus =
        typeof event === 'object' && event !== null ? event.aliyuneventbusname : undefined;
      if (typeof bus !== 'string') {
        throw eventBridgeError('InvalidArgument', 'an event needs aliyuneventbusname');
      }
      const resource = `acs:eventbridge:${world.region}:${accountId}:eventbus/${bus}`;
      if (!caller.allows('eventbridge:PutEvents', resource)) throw refusal('eventbridge:PutEvents');
      if (bus !== DEFAULT_BUS) {
        throw eventBridgeError('EventBusNotExist', `The event bus '${bus}' not existed!`);
      }
    }
    throw eventBridgeError(
      'AccessDenied',
      `The bus ${DEFAULT_BUS} takes events of Alibaba Cloud services only.`,
    );
  }

  return {
    errors: EVENT_BRIDGE_ERRORS,
    identify: ({ method, path }) => {
      const name = /^\/openapi\/(\w+)$/.exec(path)?.[1];
      if (name === undefined || method !== 'POST') return undefined;
      return { service: SERVICE, operation: OPERATIONS[name] ?? name, apiVersion: API_VERSION };
    },
    authenticate,
    quota: () => undefined,
    throttled: () => eventBridgeError('TooManyRequests'),
    handle: async (call, caller) => handle(call, caller),
    renderError: ({ status, code, message }, call) => answer(status, call, { code, message }),
  };
}

function refusal(action: string) {
  return eventBridgeError(
    'AccessDenied',
    `${EVENT_BRIDGE_ERRORS.AccessDenied.message} Action: ${action}`,
  );
}

/** A list or a map in a parameter is JSON, as behind the gateway. */
function parametersOf(request: HttpRequest): Map<string, string> {
  const body: unknown = parseJson(request.body);
  if (typeof body !== 'object' || body === null) {
    throw eventBridgeError('InvalidArgument', 'a JSON object is expected');
  }
  return new Map(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw eventBridgeError('InvalidArgument', 'the body is not JSON');
  }
}

function stringToSign(request: HttpRequest): string {
  const acsHeaders = Object.keys(request.headers)
    .filter((name) => name.startsWith('x-acs-'))
    .sort()
    .map(
      (name) => `${name}:${(headerOf(request, name) ?? '').replace(/[\t\n\r\f]/g, ' ').trim()}\n`,
    );
  const head = [
    request.method,
    headerOf(request, 'content-md5') ?? '',
    headerOf(request, 'content-type') ?? '',
    headerOf(request, 'date') ?? '',
    '',
  ];
  return head.join('\n') + acsHeaders.join('') + request.target;
}

function answer(status: number, call: Call, body: Readonly<Record<string, unknown>>): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(
      JSON.stringify({ requestId: call.requestId, RequestId: call.requestId, ...body }),
    ),
  };
}
