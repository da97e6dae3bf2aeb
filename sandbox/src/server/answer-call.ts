import { ServiceError } from '../protocols/service-error.ts';
import type { FaultEffect } from '../world/faults.ts';
import type { Caller } from '../world/identities.ts';
import type { Check } from '../world/journal.ts';
import type { World } from '../world/world.ts';
import type { Call, CallIdentity, HttpAnswer, HttpRequest, HttpService } from './http-service.ts';

/** What goes back over the connection. */
export type Outcome =
  | { readonly delivery: 'whole' | 'cut-body'; readonly answer: HttpAnswer }
  | { readonly delivery: 'reset' }
  | { readonly delivery: 'hang' };

/** An outcome, and the code that it says or hides. */
interface Result {
  readonly outcome: Outcome;
  readonly errorCode?: string | undefined;
}

/**
 * Answers one request: identify, authenticate, activation, quota, faults, handle, journal. Never rejects: what
 * a service throws by mistake becomes a 500, `SandboxInternalError`, and is printed.
 */
export async function answerCall(
  world: World,
  services: readonly HttpService[],
  request: HttpRequest | 'too-large',
): Promise<Outcome> {
  const atMs = world.clock.now();
  const requestId = world.newRequestId();
  const identified = request === 'too-large' ? undefined : identify(services, request);
  if (request === 'too-large' || identified === undefined) {
    const result = refuseUnidentified(request, requestId);
    const unknown = { service: 'sandbox', operation: 'unknown', apiVersion: '' };
    journal(world, { ...unknown, atMs, requestId, accountId: undefined, checked: [] }, result);
    return result.outcome;
  }

  const { service } = identified;
  const call: Call = { ...identified.call, request, requestId };
  const checked: Check[] = [];
  let caller: Caller | undefined;
  let result: Result;
  try {
    caller = authenticate(service, call, checked);
    result = await answerCaller(world, service, call, caller, checked);
  } catch (thrown) {
    result = refuse(service, call, thrown);
  }
  const { operation, apiVersion } = call;
  const arrived = { atMs, requestId, service: call.service, operation, apiVersion };
  if (service.isJournalled?.(call) !== false) {
    journal(world, { ...arrived, accountId: caller?.accountId, checked }, result);
  }
  return result.outcome;
}

function identify(
  services: readonly HttpService[],
  request: HttpRequest,
): { service: HttpService; call: CallIdentity } | undefined {
  for (const service of services) {
    const call = service.identify(request);
    if (call !== undefined) return { service, call };
  }
  return undefined;
}

/** The caller, whose policies note what they are asked for. */
function authenticate(service: HttpService, call: Call, checked: Check[]): Caller {
  if (service.isOpen) return service.authenticate(call);
  let passed = false;
  try {
    const caller = service.authenticate(call);
    passed = true;
    return {
      ...caller,
      allows(action, resource, conditionKeys) {
        const allowed = caller.allows(action, resource, conditionKeys);
        const detail = `${action} on ${resource}`;
        checked.push({ what: 'permission', passed: allowed, detail });
        return allowed;
      },
    };
  } finally {
    checked.push({ what: 'signature', passed });
  }
}

async function answerCaller(
  world: World,
  service: HttpService,
  call: Call,
  caller: Caller,
  checked: Check[],
): Promise<Result> {
  const refusal = world.activation.refusal(call.service, call.operation);
  if (refusal !== undefined) {
    checked.push({ what: 'activation', passed: false });
    return refuse(service, call, refusal);
  }
  const quota = service.quota(call);
  if (quota !== undefined) {
    const passed = world.quotas.take(caller.accountId, call.service, call.operation, quota);
    const detail = `${quota.calls} in ${quota.windowMs / 1000} s`;
    checked.push({ what: 'quota', passed, detail });
    if (!passed) return refuse(service, call, service.throttled(call));
  }
  const fault = world.faults.next(call.service, call.operation);
  if (fault === undefined) return handle(service, call, caller);
  checked.push({ what: 'fault', passed: false, detail: fault.effect.kind });
  // Half of an answer needs an answer, also where the call takes no effect.
  const placeholder = jsonAnswer(200, { RequestId: call.requestId });
  const result = fault.afterEffect
    ? await handle(service, call, caller)
    : { outcome: { delivery: 'whole', answer: placeholder } as const };
  return applyFault(fault.effect, service, call, result);
}

async function handle(service: HttpService, call: Call, caller: Caller): Promise<Result> {
  try {
    return { outcome: { delivery: 'whole', answer: await service.handle(call, caller) } };
  } catch (thrown) {
    return refuse(service, call, thrown);
  }
}

function refuse(service: HttpService, call: Call, thrown: unknown): Result {
  const error = thrown instanceof ServiceError ? thrown : internalError(call, thrown);
  return {
    outcome: { delivery: 'whole', answer: service.renderError(error, call) },
    errorCode: error.code,
  };
}

function internalError(call: Call, thrown: unknown): ServiceError {
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  process.stderr.write(`sandbox: ${call.service} ${call.operation} failed: ${text}\n`);
  return new ServiceError(
    'SandboxInternalError',
    500,
    `The sandbox failed in ${call.service} ${call.operation}; its standard error says why.`,
  );
}

function applyFault(effect: FaultEffect, service: HttpService, call: Call, result: Result): Result {
  switch (effect.kind) {
    case 'error':
      return refuse(service, call, faultError(effect, service, call));
    case 'reset':
    case 'hang':
      return { outcome: { delivery: effect.kind } };
    case 'cut-body':
      return 'answer' in result.outcome
        ? { ...result, outcome: { delivery: 'cut-body', answer: result.outcome.answer } }
        : result;
    case 'html-503':
      return {
        outcome: {
          delivery: 'whole',
          answer: {
            status: 503,
            headers: { 'content-type': 'text/html; charset=utf-8' },
            body: Buffer.from(
              '<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n' +
                '<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n' +
                '</body>\r\n</html>\r\n',
            ),
          },
        },
      };
    case 'empty-500':
      return {
        outcome: { delivery: 'whole', answer: { status: 500, headers: {}, body: Buffer.alloc(0) } },
      };
  }
}

function faultError(
  effect: Extract<FaultEffect, { kind: 'error' }>,
  service: HttpService,
  call: Call,
): ServiceError {
  const row = (service.errorsOf?.(call) ?? service.errors)[effect.code];
  const status = effect.status ?? row?.status;
  if (status === undefined) {
    return new ServiceError(
      'SandboxFaultUnknown',
      500,
      `A fault asks for ${effect.code}, which is not in the error table of ${call.service}: give its status.`,
    );
  }
  const message = effect.message ?? row?.message ?? effect.code;
  const headers: Record<string, string> =
    effect.retryAfterMs === undefined ? {} : { 'x-acs-retry-after': String(effect.retryAfterMs) };
  return new ServiceError(effect.code, status, message, headers);
}

function refuseUnidentified(request: HttpRequest | 'too-large', requestId: string): Result {
  const [status, code, message] =
    request === 'too-large'
      ? ([413, 'SandboxBodyTooLarge', 'The sandbox takes no body of that size.'] as const)
      : ([
          404,
          'SandboxUnknownProtocol',
          `No service of the sandbox speaks the protocol or version of this ${request.method} request.`,
        ] as const);
  return {
    outcome: {
      delivery: 'whole',
      answer: jsonAnswer(status, { RequestId: requestId, Code: code, Message: message }),
    },
    errorCode: code,
  };
}

function jsonAnswer(status: number, body: Readonly<Record<string, string>>): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: Buffer.from(JSON.stringify(body)),
  };
}

interface Arrival {
  readonly atMs: number;
  readonly service: string;
  readonly operation: string;
  readonly apiVersion: string;
  readonly accountId: string | undefined;
  readonly requestId: string;
  readonly checked: readonly Check[];
}

function journal(world: World, arrival: Arrival, result: Result): void {
  const { outcome, errorCode } = result;
  const status = outcome.delivery === 'whole' ? outcome.answer.status : undefined;
  world.journal.record({ ...arrival, status, errorCode });
}
