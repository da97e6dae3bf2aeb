import type { JsonObject } from '../../../protocols/rpc/json.ts';
import { type RpcOperation, rpcOperation } from '../../../protocols/rpc/operation.ts';
import { type ParameterReader, readParameters } from '../../../protocols/rpc/parameters.ts';
import type { Caller } from '../../../world/identities.ts';
import { invalidParameter, missingParameter, rosError } from '../errors.ts';
import type { StackPorts } from '../stack/stack-ports.ts';

interface StackOperation<Parameters> {
  /** Without `ros:`. */
  readonly name: string;
  parameters(read: ParameterReader): Parameters;
  /** The stack that RAM is asked about; `*` for all, and for one that there is not. */
  stackId(parameters: Parameters): string;
  handle(parameters: Parameters, caller: Caller): JsonObject;
}

/**
 * An operation on stacks: it has a `RegionId`, the sandbox's own. RAM's resource is
 * `acs:ros:{region}:{account}:stack/{id}`. Source: the documentation's page on RAM.
 */
export function stackOperation<Parameters>(
  { world, accountId }: StackPorts,
  operation: StackOperation<Parameters>,
): RpcOperation {
  return rpcOperation<Parameters>({
    parameters: operation.parameters,
    action: `ros:${operation.name}`,
    resource: (caller, parameters) =>
      `acs:ros:${world.region}:${caller.accountId}:stack/${operation.stackId(parameters)}`,
    noPermissionCode: 'Forbidden',
    handle({ caller, call, parameters }) {
      if (caller.accountId !== accountId) throw rosError('Forbidden');
      const region = readParameters(call.request).get('RegionId');
      if (region === undefined || region === '') {
        throw missingParameter('RegionId');
      }
      if (region !== world.region) {
        throw invalidParameter('RegionId', `the sandbox's region is ${world.region}`);
      }
      return operation.handle(parameters, caller);
    },
  });
}

/** `{name}.1`, `{name}.2`, ... */
export function readTexts(read: ParameterReader, name: string): readonly string[] {
  const texts: string[] = [];
  for (let index = 1; ; index += 1) {
    const text = read.text(`${name}.${index}`);
    if (text === undefined) return texts;
    texts.push(text);
  }
}

/** `Parameters.1.ParameterKey` and `Parameters.1.ParameterValue`, ... A value may be empty. */
export function readStackParameters(read: ParameterReader): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (let index = 1; ; index += 1) {
    const key = read.text(`Parameters.${index}.ParameterKey`);
    if (key === undefined) return parameters;
    parameters.set(key, read.text(`Parameters.${index}.ParameterValue`) ?? '');
  }
}

/** `2026-11-20T03:04:05`: without a zone, UTC. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, '');
}
