import type { CallIdentity, HttpRequest } from '../../server/http-service.ts';

export const FC2_VERSION = '2016-08-15';
export const FC3_VERSION = '2023-03-30';

/** The service's name in calls, faults and the journal. */
export const SERVICE = 'function-compute';

const FC3_INVOKE = /^\/2023-03-30\/functions\/([^/]+)\/invocations$/;
const FC2_INVOKE = /^\/2016-08-15\/services\/([^/]+)\/functions\/([^/]+)\/invocations$/;

/** Of FC 3.0, by method and path after the version. Source: `@alicloud/fc20230330`, client.js. */
const CONTROL_PATHS = {
  CreateFunction: 'POST /functions',
  CreateTrigger: 'POST /functions/{functionName}/triggers',
  DeleteAsyncInvokeConfig: 'DELETE /functions/{functionName}/async-invoke-config',
  DeleteConcurrencyConfig: 'DELETE /functions/{functionName}/concurrency',
  DeleteFunction: 'DELETE /functions/{functionName}',
  DeleteTrigger: 'DELETE /functions/{functionName}/triggers/{innerName}',
  GetAsyncInvokeConfig: 'GET /functions/{functionName}/async-invoke-config',
  GetAsyncTask: 'GET /functions/{functionName}/async-tasks/{innerName}',
  GetConcurrencyConfig: 'GET /functions/{functionName}/concurrency',
  GetFunction: 'GET /functions/{functionName}',
  GetFunctionCode: 'GET /functions/{functionName}/code',
  GetScalingConfig: 'GET /functions/{functionName}/scaling-config',
  GetTrigger: 'GET /functions/{functionName}/triggers/{innerName}',
  ListAliases: 'GET /functions/{functionName}/aliases',
  ListAsyncInvokeConfigs: 'GET /async-invoke-configs',
  ListAsyncTasks: 'GET /functions/{functionName}/async-tasks',
  ListFunctions: 'GET /functions',
  ListFunctionVersions: 'GET /functions/{functionName}/versions',
  ListScalingConfigs: 'GET /scaling-configs',
  ListTriggers: 'GET /functions/{functionName}/triggers',
  ListVpcBindings: 'GET /functions/{functionName}/vpc-bindings',
  PutAsyncInvokeConfig: 'PUT /functions/{functionName}/async-invoke-config',
  PutConcurrencyConfig: 'PUT /functions/{functionName}/concurrency',
  StopAsyncTask: 'PUT /functions/{functionName}/async-tasks/{innerName}/stop',
  UpdateFunction: 'PUT /functions/{functionName}',
  UpdateTrigger: 'PUT /functions/{functionName}/triggers/{innerName}',
} as const;

export type ControlOperationName = keyof typeof CONTROL_PATHS | 'GetTempBucketToken';

/** What faults may name. */
export const FUNCTION_COMPUTE_OPERATIONS: readonly string[] = [
  ...Object.keys(CONTROL_PATHS),
  'GetTempBucketToken',
  'InvokeFunction',
];

export interface ControlTarget {
  readonly operation: ControlOperationName;
  /** Empty where the path has none. */
  readonly functionName: string;
  readonly innerName: string;
  /** `triggers` or `async-tasks`. */
  readonly innerKind: string;
}

const CONTROL_ROUTES = typedEntries(CONTROL_PATHS).map(([operation, text]) => {
  const [method, path = ''] = text.split(' ');
  const pattern = path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  return { operation, method, path: new RegExp(`^/${FC3_VERSION}${pattern}$`) };
});

/** Which operation of the control plane it is; `undefined`: none that is modelled. */
export function controlTarget(request: HttpRequest): ControlTarget | undefined {
  const { method, path } = request;
  const nothing = { functionName: '', innerName: '', innerKind: '' };
  if (method === 'GET' && path === `/${FC2_VERSION}/tempBucketToken`) {
    return { operation: 'GetTempBucketToken', ...nothing };
  }
  for (const route of CONTROL_ROUTES) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match === null) continue;
    const { functionName = '', innerName = '' } = match.groups ?? {};
    return {
      operation: route.operation,
      functionName: decodeURIComponent(functionName),
      innerName: decodeURIComponent(innerName),
      innerKind: path.split('/')[4] ?? '',
    };
  }
  return undefined;
}

export function identifyCall(request: HttpRequest): CallIdentity | undefined {
  const apiVersion = [FC2_VERSION, FC3_VERSION].find((version) =>
    request.path.startsWith(`/${version}/`),
  );
  return apiVersion === undefined
    ? undefined
    : { service: SERVICE, apiVersion, operation: operationOf(request) };
}

/** Whose invocation it is: `name` in FC 3.0, `service/name` in FC 2.0, and which version of it. */
export function invocationTarget(
  request: HttpRequest,
): { readonly functionName: string; readonly qualifier: string | undefined } | undefined {
  if (request.method !== 'POST') return undefined;
  const fc3 = FC3_INVOKE.exec(request.path)?.[1];
  if (fc3 !== undefined) {
    return {
      functionName: decodeURIComponent(fc3),
      qualifier: request.query.get('qualifier') ?? undefined,
    };
  }
  const [, serviceText, name] = FC2_INVOKE.exec(request.path) ?? [];
  if (serviceText === undefined || name === undefined) return undefined;
  const [service, qualifier] = decodeURIComponent(serviceText).split('.');
  return { functionName: `${service}/${decodeURIComponent(name)}`, qualifier };
}

/** By method and path, which are what the service goes by. */
function operationOf(request: HttpRequest): string {
  if (invocationTarget(request) !== undefined) return 'InvokeFunction';
  const action = request.headers['x-acs-action'];
  return (
    controlTarget(request)?.operation ??
    (typeof action === 'string' ? action : `${request.method} ${request.path}`)
  );
}

function typedEntries<Key extends string, Value>(
  map: Readonly<Record<Key, Value>>,
): readonly (readonly [Key, Value])[] {
  return Object.entries(map) as [Key, Value][];
}
