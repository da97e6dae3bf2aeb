import { randomUUID } from 'node:crypto';
import type { Call, HttpAnswer } from '../../../server/http-service.ts';
import type { Caller } from '../../../world/identities.ts';
import { functionComputeError } from '../errors.ts';
import { type ControlOperationName, type ControlTarget, controlTarget } from '../route.ts';
import { asyncTaskOperations } from './async-tasks.ts';
import { functionOperations } from './functions.ts';
import { invocationSettingsOperations } from './invocation-settings.ts';
import { type ControlOperation, type ControlPorts, readBody } from './operation.ts';
import { triggerOperations } from './triggers.ts';

/**
 * Answers a call of the control plane: permission first, then whether it is there, then what it
 * asks for. Throws a `ServiceError`; `PathNotSupported` for what is not modelled.
 */
export function createControlPlane(
  ports: ControlPorts,
): (call: Call, caller: Caller) => HttpAnswer {
  const operations: Record<ControlOperationName, ControlOperation> = {
    ...functionOperations(ports),
    ...triggerOperations(ports),
    ...invocationSettingsOperations(ports),
    ...asyncTaskOperations(ports),
    ...emptyOperations(ports),
    GetTempBucketToken: tempBucketToken(ports),
  };

  return (call, caller) => {
    const { request } = call;
    const target = controlTarget(request);
    if (target === undefined) {
      throw functionComputeError(
        'PathNotSupported',
        `'${call.operation}' against '${request.path}' is not supported by the sandbox`,
      );
    }
    const { functionName, innerName } = target;
    const operation = operations[target.operation];
    const authorize = createAuthorize(ports, caller);
    const resource = resourceOf(operation, target, ports);
    if (resource !== undefined) authorize(`fc:${operation.action}`, resource);
    refuseOtherParameters(request.query, operation.query ?? []);
    const body = operation.handle({
      call,
      caller,
      functionName,
      innerName,
      query: (name) => request.query.get(name) || undefined,
      body: (read) => readBody(request.body, read),
      authorize,
    });
    return {
      status: body === undefined ? 204 : 200,
      headers: { 'content-type': 'application/json', 'x-fc-request-id': call.requestId },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    };
  };
}

/** Wording: what the service answers, as public reports quote it. */
function createAuthorize({ accountId }: ControlPorts, caller: Caller) {
  return (action: string, resource: string): void => {
    if (caller.accountId === accountId && caller.allows(action, resource)) return;
    throw functionComputeError(
      'AccessDenied',
      `the caller is not authorized to perform '${action}' on resource '${resource}'`,
    );
  };
}

/** Sources: the RAM tables of the operations' pages, and errors that public reports quote. */
function resourceOf(
  { resource }: ControlOperation,
  { functionName, innerName, innerKind }: ControlTarget,
  { world, accountId }: ControlPorts,
): string | undefined {
  const arn = `acs:fc:${world.region}:${accountId}`;
  switch (resource) {
    case 'all':
      return '*';
    case 'account':
      return `${arn}:*`;
    case 'functions':
      return `${arn}:functions/*`;
    case 'function':
      return `${arn}:functions/${functionName}`;
    case 'inner':
      return `${arn}:functions/${functionName}/${innerKind}/${innerName}`;
    case 'named later':
      return undefined;
  }
}

function refuseOtherParameters(query: URLSearchParams, known: readonly string[]): void {
  const other = [...query.keys()].filter((name) => !known.includes(name));
  if (other.length === 0) return;
  throw functionComputeError('InvalidArgument', `not modelled by the sandbox: ${other.join(', ')}`);
}

/** Of what is not modelled, that there is none of it. */
function emptyOperations({ functions }: ControlPorts) {
  const empty = (
    action: string,
    answer: Readonly<Record<string, unknown>>,
    query: readonly string[] = [],
  ): ControlOperation => ({
    action,
    resource: 'function',
    query,
    handle(call) {
      functions.get(call.functionName);
      return answer;
    },
  });
  return {
    ListAliases: empty('ListAliases', { aliases: [] }, ['limit', 'nextToken', 'prefix']),
    ListFunctionVersions: empty('ListFunctionVersions', { versions: [], direction: 'BACKWARD' }, [
      'direction',
      'limit',
      'nextToken',
    ]),
    ListVpcBindings: empty('ListVpcBindings', { vpcIds: [] }),
    GetScalingConfig: empty('GetScalingConfig', {}, ['qualifier']),
    ListScalingConfigs: {
      action: 'ListScalingConfigs',
      resource: 'all',
      query: ['functionName', 'limit', 'nextToken'],
      handle: () => ({ scalingConfigs: [] }),
    } satisfies ControlOperation,
  };
}

/** `GET /2016-08-15/tempBucketToken`: not documented; the answer is what the fc3 component reads. */
function tempBucketToken({ objectStorage, world, accountId }: ControlPorts): ControlOperation {
  return {
    action: 'GetTempBucketToken',
    resource: 'account',
    handle() {
      const ossBucket = `fc-temp-code-${world.region}`;
      const objectName = randomUUID();
      const granted = objectStorage.grantUpload({
        bucket: ossBucket,
        key: `${accountId}/${objectName}`,
      });
      return {
        credentials: {
          AccessKeyId: granted.accessKeyId,
          AccessKeySecret: granted.accessKeySecret,
          SecurityToken: granted.securityToken,
        },
        ossBucket,
        ossRegion: `oss-${world.region}`,
        objectName,
      };
    },
  };
}
