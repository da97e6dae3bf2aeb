import type {
  Call,
  CallIdentity,
  HttpAnswer,
  HttpRequest,
  HttpService,
} from '../../server/http-service.ts';
import type { Caller } from '../../world/identities.ts';
import type { World } from '../../world/world.ts';
import { headerOf } from '../header.ts';
import { type ErrorTable, errorFrom, ServiceError } from '../service-error.ts';
import { gatewayErrors } from './errors.ts';
import { refuseOtherHeaders } from './headers.ts';
import { type JsonObject, renderJson } from './json.ts';
import type { RpcProduct } from './operation.ts';
import {
  createParameterReader,
  GATEWAY_PARAMETERS,
  readParameters,
  refuseContradictions,
  refuseRepeated,
} from './parameters.ts';
import { isAcs3, readAcs3 } from './signature-acs3.ts';
import { readSignatureV1 } from './signature-v1.ts';
import { createCallerCheck } from './verify-caller.ts';

/**
 * Alibaba Cloud's RPC gateway in front of some products: one operation a request, named by
 * `Action`; the product is known by its `Version`. Both signature styles; JSON only.
 */
export function createRpcService(world: World, products: readonly RpcProduct[]): HttpService {
  const byVersion = new Map<string, RpcProduct>();
  const errorTables = new Map<string, ErrorTable>();
  for (const product of products) {
    errorTables.set(product.service, { ...gatewayErrors, ...product.errors });
    for (const version of Object.keys(product.versions)) {
      if (byVersion.has(version)) throw new Error(`Two products have the version ${version}.`);
      byVersion.set(version, product);
    }
  }
  const checkCaller = createCallerCheck(world.identities);

  function productOf(call: CallIdentity): RpcProduct {
    const product = byVersion.get(call.apiVersion);
    if (product === undefined) throw new Error(`No product has the version ${call.apiVersion}.`);
    return product;
  }

  function errorsOf(call: CallIdentity): ErrorTable {
    return errorTables.get(call.service) ?? gatewayErrors;
  }

  return {
    errors: gatewayErrors,
    errorsOf,
    identify(request) {
      if (request.path !== '/') return undefined;
      const named = nameCall(request);
      const product = byVersion.get(named.version ?? '');
      if (product === undefined || named.version === undefined) return undefined;
      return {
        service: product.service,
        operation: named.action ?? '',
        apiVersion: named.version,
      };
    },
    authenticate({ request }) {
      refuseRepeated(request);
      const parameters = readParameters(request);
      const format = parameters.get('Format')?.toUpperCase();
      if (isAcs3(request)) {
        const signed = readAcs3(request);
        refuseContradictions(request, 'ACS3');
        refuseOtherHeaders(request, 'ACS3');
        if (format !== undefined && format !== 'JSON') {
          throw errorFrom(gatewayErrors, 'SandboxUnsupportedFormat');
        }
        return checkCaller(signed);
      }
      refuseContradictions(request, 'v1');
      refuseOtherHeaders(request, 'v1');
      const caller = checkCaller(readSignatureV1(request.method, parameters));
      // Without a Format this style is answered in XML.
      if (format !== 'JSON') throw errorFrom(gatewayErrors, 'SandboxUnsupportedFormat');
      return caller;
    },
    quota: (call) => productOf(call).quotas[call.operation],
    throttled: () => errorFrom(gatewayErrors, 'Throttling.User'),
    async handle(call, caller) {
      const product = productOf(call);
      const answer = run(world, product, errorsOf(call), call, caller);
      return answerOf(call, 200, { RequestId: call.requestId, ...answer });
    },
    renderError: (error, call) =>
      answerOf(
        call,
        error.status,
        {
          RequestId: call.requestId,
          HostId: productOf(call).hostId,
          Code: error.code,
          Message: error.message,
          ...error.members,
        },
        error.headers,
      ),
  };
}

/** ACS3 names the call in headers, RPC v1 in parameters; clients of v1 may send both. */
function nameCall(request: HttpRequest): {
  action: string | undefined;
  version: string | undefined;
} {
  const fromHeaders = {
    action: headerOf(request, 'x-acs-action'),
    version: headerOf(request, 'x-acs-version'),
  };
  if (isAcs3(request)) return fromHeaders;
  const parameters = readParameters(request);
  return {
    action: parameters.get('Action') ?? fromHeaders.action,
    version: parameters.get('Version') ?? fromHeaders.version,
  };
}

function run(
  { ignored }: World,
  product: RpcProduct,
  errors: ErrorTable,
  call: Call,
  caller: Caller,
): JsonObject {
  const operations = product.versions[call.apiVersion] ?? {};
  const operation = Object.hasOwn(operations, call.operation)
    ? operations[call.operation]
    : undefined;
  const notFound = (reason: string): ServiceError =>
    errorFrom(errors, 'InvalidAction.NotFound', {
      message: `${errors['InvalidAction.NotFound']?.message} ${reason}`,
    });
  if (operation === undefined) {
    throw notFound(
      `The sandbox does not model ${call.operation} of ${call.service} ${call.apiVersion}.`,
    );
  }
  if (!operation.methods.includes(call.request.method)) {
    throw notFound(`${call.operation} is called with ${operation.methods.join(' or ')}.`);
  }
  const parameters = readParameters(call.request);
  for (const name of GATEWAY_PARAMETERS) parameters.delete(name);
  const ended = { call, caller, parameters };
  try {
    const passOver = (name: string) => ignored.note(call.service, call.operation, name);
    const reader = createParameterReader(parameters, ignored.lenient ? passOver : undefined);
    const prepared = operation.prepare(reader);
    const { action } = operation;
    if (
      action !== undefined &&
      !caller.allows(action, prepared.resource(caller), prepared.conditionKeys)
    ) {
      throw noPermission(errorFrom(errors, operation.noPermissionCode), action, caller);
    }
    const answer = prepared.handle({ call, caller });
    product.onEnd?.({ ...ended, end: { kind: 'answered', answer } });
    return answer;
  } catch (error) {
    if (error instanceof ServiceError) {
      product.onEnd?.({ ...ended, end: { kind: 'refused', error } });
    }
    throw error;
  }
}

/** Names the action as RAM does. Source: RAM, "Diagnose a lack of permissions", AccessDeniedDetail. */
function noPermission(error: ServiceError, action: string, caller: Caller): ServiceError {
  return new ServiceError(error.code, error.status, error.message, error.headers, {
    AccessDeniedDetail: {
      AuthAction: action,
      AuthPrincipalType: caller.roleName === undefined ? 'SubUser' : 'AssumedRoleUser',
      AuthPrincipalOwnerId: caller.accountId,
      AuthPrincipalDisplayName: caller.roleName ?? 'root',
      NoPermissionType: 'ImplicitDeny',
      PolicyType: 'AccountLevelIdentityBasedPolicy',
    },
  });
}

function answerOf(
  call: Call,
  status: number,
  body: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json;charset=utf-8',
      'x-acs-request-id': call.requestId,
      ...headers,
    },
    body: Buffer.from(renderJson(body)),
  };
}
