import type { Call } from '../../server/http-service.ts';
import type { Caller } from '../../world/identities.ts';
import type { Quota } from '../../world/quotas.ts';
import type { ErrorTable, ServiceError } from '../service-error.ts';
import type { JsonObject } from './json.ts';
import type { ParameterReader } from './parameters.ts';

export interface OperationInput<Parameters> {
  readonly parameters: Parameters;
  readonly caller: Caller;
  readonly call: Call;
}

/** One operation of an RPC product. */
export interface OperationDefinition<Parameters> {
  /** Default: both. */
  readonly methods?: readonly ('GET' | 'POST')[];
  /** Reads all that the operation knows; what it does not read is refused for it. */
  parameters(read: ParameterReader): Parameters;
  /** The RAM action, for example `config:GetAggregator`. Absent: everybody is answered. */
  readonly action?: string;
  /** The resource that RAM checks the action on. Default: all. */
  resource?(caller: Caller, parameters: Parameters): string;
  /** What the call says of itself to the conditions of a policy, for example `ram:ServiceName`. */
  conditionKeys?(parameters: Parameters): Readonly<Record<string, string>>;
  /** The code, of the product's table, for a caller that RAM refuses. Default `Forbidden.RAM`. */
  readonly noPermissionCode?: string;
  /** The answer without its `RequestId`. Throws a `ServiceError`. */
  handle(input: OperationInput<Parameters>): JsonObject;
}

/** An operation whose parameters are its own matter. */
export interface RpcOperation {
  readonly methods: readonly string[];
  /** `undefined`: RAM is not asked. */
  readonly action: string | undefined;
  readonly noPermissionCode: string;
  prepare(read: ParameterReader): {
    resource(caller: Caller): string;
    readonly conditionKeys: Readonly<Record<string, string>>;
    handle(input: Omit<OperationInput<unknown>, 'parameters'>): JsonObject;
  };
}

export function rpcOperation<Parameters>(
  definition: OperationDefinition<Parameters>,
): RpcOperation {
  return {
    methods: definition.methods ?? ['GET', 'POST'],
    action: definition.action,
    noPermissionCode: definition.noPermissionCode ?? 'Forbidden.RAM',
    prepare(read) {
      const parameters = definition.parameters(read);
      read.refuseRest();
      return {
        resource: (caller) => definition.resource?.(caller, parameters) ?? '*',
        conditionKeys: definition.conditionKeys?.(parameters) ?? {},
        handle: (input) => definition.handle({ ...input, parameters }),
      };
    },
  };
}

/** How one call ended, for those who keep records of calls. */
export interface CallEnd {
  readonly call: Call;
  readonly caller: Caller;
  /** Without the gateway's own. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly end:
    | { readonly kind: 'answered'; readonly answer: JsonObject }
    | { readonly kind: 'refused'; readonly error: ServiceError };
}

/** An RPC product behind the gateway. */
export interface RpcProduct {
  /** The folder's name, for example `config`. */
  readonly service: string;
  /** The endpoint's name that errors carry as `HostId`. */
  readonly hostId: string;
  /** By API version, then by operation. A version belongs to one product only. */
  readonly versions: Readonly<Record<string, Readonly<Record<string, RpcOperation>>>>;
  /** The product's own codes; the gateway's are added. */
  readonly errors: ErrorTable;
  /** By operation, for all versions together. */
  readonly quotas: Readonly<Record<string, Quota>>;
  /** Called after every call that passed the gateway: a known operation, quota left. */
  onEnd?(ended: CallEnd): void;
}
