import type { Call, HttpAnswer } from '../../server/http-service.ts';
import type { Caller } from '../../world/identities.ts';
import { functionComputeError } from './errors.ts';
import { functionArn } from './function-arn.ts';
import type { Invocation } from './invocation.ts';
import { FC2_VERSION, FC3_VERSION, invocationTarget } from './route.ts';

type InvokeInProcess = (
  name: string,
  payload: Buffer,
  options: { async: boolean; taskId?: string; requestId: string },
) => Promise<{ readonly requestId: string; readonly invocation: Invocation | undefined }>;

/**
 * By API version, the headers that change what a request does; any other `x-fc-*` one is refused, so
 * that a header of the other version isn't passed over. Sources: what `@alicloud/fc2` sends, and
 * `InvokeFunctionHeaders`.
 */
const KNOWN_HEADERS: Readonly<Record<string, readonly string[]>> = {
  [FC2_VERSION]: [
    'x-fc-account-id',
    'x-fc-invocation-type',
    'x-fc-log-type',
    'x-fc-security-token',
    'x-fc-stateful-async-invocation-id',
  ],
  [FC3_VERSION]: ['x-fc-account-id', 'x-fc-async-task-id', 'x-fc-invocation-type', 'x-fc-log-type'],
};
const TASK_ID = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const LOG_TAIL_BYTES = 4096;

/**
 * `InvokeFunction` of both API versions. A function's own error is an answer: 200 with
 * `x-fc-error-type`. A repeat runs the function again, unless it carries a task id.
 */
export async function invokeFunction(
  call: Call,
  caller: Caller,
  options: {
    readonly region: string;
    readonly accountId: string;
    readonly invoke: InvokeInProcess;
  },
): Promise<HttpAnswer> {
  const { request } = call;
  const target = invocationTarget(request);
  if (target === undefined) {
    throw functionComputeError(
      'PathNotSupported',
      `'${call.operation}' against '${request.path}' is not supported by the sandbox`,
    );
  }
  assertAllowed(caller, target.functionName, options);
  if (target.qualifier !== undefined && target.qualifier !== 'LATEST') {
    throw functionComputeError(
      'InvalidArgument',
      `qualifier '${target.qualifier}' is not modelled by the sandbox, LATEST is`,
    );
  }
  assertKnownInput(call, options.accountId);
  const isAsync = invocationType(header(call, 'x-fc-invocation-type')) === 'Async';
  const taskId = taskIdOf(call);
  const { requestId, invocation } = await options.invoke(target.functionName, request.body, {
    async: isAsync,
    requestId: call.requestId,
    ...(taskId === undefined ? {} : { taskId }),
  });
  if (invocation === undefined) {
    return { status: 202, headers: { 'x-fc-request-id': requestId }, body: Buffer.alloc(0) };
  }
  const withLog = header(call, 'x-fc-log-type') === 'Tail';
  return answerOf(invocation, withLog);
}

function answerOf(invocation: Invocation, withLog: boolean): HttpAnswer {
  const { errorType } = invocation;
  const log = Buffer.from([...invocation.stdout, ...invocation.stderr].join('\n'));
  return {
    status: 200,
    headers: {
      'x-fc-request-id': invocation.requestId,
      'x-fc-invocation-duration': String(invocation.durationMs),
      ...(invocation.instanceId === undefined ? {} : { 'x-fc-instance-id': invocation.instanceId }),
      ...(withLog ? { 'x-fc-log-result': log.subarray(-LOG_TAIL_BYTES).toString('base64') } : {}),
      ...(errorType === undefined
        ? { 'content-type': 'application/octet-stream' }
        : { 'content-type': 'application/json', 'x-fc-error-type': errorType }),
    },
    body: invocation.result,
  };
}

function assertAllowed(
  caller: Caller,
  functionName: string,
  where: { readonly region: string; readonly accountId: string },
): void {
  const arn = functionArn(where, functionName);
  if (caller.accountId !== where.accountId || !caller.allows('fc:InvokeFunction', arn)) {
    throw functionComputeError('AccessDenied', `the caller may not fc:InvokeFunction on ${arn}`);
  }
}

function assertKnownInput(call: Call, accountId: string): void {
  const { headers, query } = call.request;
  const known = KNOWN_HEADERS[call.apiVersion] ?? [];
  const unknown = [
    ...Object.keys(headers).filter((name) => name.startsWith('x-fc-') && !known.includes(name)),
    ...[...query.keys()].filter((key) => key !== 'qualifier' || call.apiVersion === FC2_VERSION),
  ];
  if (unknown.length > 0) {
    throw functionComputeError(
      'InvalidArgument',
      `not modelled by the sandbox: ${unknown.join(', ')}`,
    );
  }
  const accountHeader = header(call, 'x-fc-account-id') ?? accountId;
  if (accountHeader !== accountId) {
    throw functionComputeError(
      'InvalidArgument',
      `x-fc-account-id '${accountHeader}' is not the account of the function, ${accountId}`,
    );
  }
  const logType = header(call, 'x-fc-log-type') ?? 'None';
  if (logType !== 'None' && logType !== 'Tail') {
    throw functionComputeError('InvalidArgument', `x-fc-log-type '${logType}' is not None or Tail`);
  }
}

function invocationType(text: string | undefined): 'Sync' | 'Async' {
  if (text === undefined || text === '' || text === 'Sync') return 'Sync';
  if (text === 'Async') return 'Async';
  throw functionComputeError('InvalidArgument', `invocation type '${text}' is not Sync or Async`);
}

/** Its form: "GetStatefulAsyncInvocation", statefulAsyncInvocationId. */
function taskIdOf(call: Call): string | undefined {
  const taskId = header(
    call,
    call.apiVersion === FC2_VERSION ? 'x-fc-stateful-async-invocation-id' : 'x-fc-async-task-id',
  );
  if (taskId !== undefined && !TASK_ID.test(taskId)) {
    throw functionComputeError('InvalidArgument', `'${taskId}' is not a task ID`);
  }
  return taskId;
}

function header(call: Call, name: string): string | undefined {
  return call.request.headers[name]?.toString();
}
