import type { World } from '../../world/world.ts';
import type { AccessStore } from '../access-management/access-store.ts';
import { SERVICE_LINKED_ROLES } from '../access-management/service-linked-roles.ts';
import type { FunctionCompute } from '../function-compute/function-compute.ts';
import type { CloudEvent } from './cloud-event.ts';
import { eventBridgeError } from './errors.ts';
import type { EventTarget } from './event-bus.ts';
import type { TargetParameter, TargetRecord } from './targets.ts';

export const FUNCTION_TARGET = 'acs.fc.function';

interface FunctionTargetPorts {
  readonly world: World;
  readonly accountId: string;
  readonly functionCompute: Pick<FunctionCompute, 'invoke'>;
  readonly access?: Pick<AccessStore, 'hasServiceLinkedRole'>;
}

/** By key, the forms that its value may have. */
const KNOWN_PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  Body: ['CONSTANT', 'JSONPATH', 'ORIGINAL', 'TEMPLATE'],
  DataFormat: ['CONSTANT'],
  InvocationType: ['CONSTANT'],
  Qualifier: ['CONSTANT'],
  functionName: ['CONSTANT'],
  serviceName: ['CONSTANT'],
};

/**
 * A target of the type `acs.fc.function`. Whether the function is there shows at each push, as does
 * the service-linked role that pushes to it. Throws `EventTargetClassNotExist`,
 * `EventTargetMissingAttribute` and `EventTargetIneffectiveAttribute`.
 * Source: EventBridge, "Event target parameters".
 */
export function functionTarget(record: TargetRecord, ports: FunctionTargetPorts): EventTarget {
  const { id, type, endpoint, parameters } = record;
  if (type !== FUNCTION_TARGET) {
    throw eventBridgeError(
      'EventTargetClassNotExist',
      `The event target class [${type}] is not modelled by the sandbox, ${FUNCTION_TARGET} is`,
    );
  }
  const given = new Map(parameters.map((parameter) => [parameter.resourceKey, parameter]));
  if (given.size < parameters.length) throw ineffective(id, 'ParamList', 'a key is there twice');
  for (const { resourceKey, form } of parameters) {
    const forms = KNOWN_PARAMETERS[resourceKey];
    if (forms === undefined) throw ineffective(id, resourceKey, 'no such parameter');
    if (!forms.includes(form))
      throw ineffective(id, resourceKey, `its form is ${forms.join(' or ')}`);
  }
  const name = functionName(id, endpoint, given, ports);
  only(id, given, 'Qualifier', ['LATEST']);
  only(id, given, 'DataFormat', ['Object']);
  // Its default is not documented, so that nobody can rely on one.
  const invocationType = given.get('InvocationType')?.value;
  if (invocationType === undefined) throw missing(id, 'InvocationType');
  only(id, given, 'InvocationType', ['Sync', 'Async']);
  const body = given.get('Body');
  if (body === undefined) throw missing(id, 'Body');
  const payloadOf = payloadBuilder(id, body);

  return {
    id,
    ...(record.retryStrategy === undefined ? {} : { retryStrategy: record.retryStrategy }),
    ...(record.deadLetterQueueArn === undefined
      ? {}
      : { deadLetterQueueArn: record.deadLetterQueueArn }),
    push: async (event) => {
      const kind = SERVICE_LINKED_ROLES.sendToFunctions;
      if (ports.access?.hasServiceLinkedRole(kind) === false) {
        throw new Error(`the account has no ${kind.roleName}`);
      }
      const { invocation } = await ports.functionCompute.invoke(name, payloadOf(event), {
        async: invocationType === 'Async',
      });
      // A function's own error fails a synchronous push too (inferred).
      if (invocation !== undefined && invocation.status !== 'succeeded') {
        throw new Error(invocation.errorMessage ?? invocation.status);
      }
    },
  };
}

/** The endpoint's; the parameters have to say the same. */
function functionName(
  id: string,
  endpoint: string,
  given: ReadonlyMap<string, TargetParameter>,
  { world, accountId }: FunctionTargetPorts,
): string {
  const prefix = `acs:fc:${world.region}:${accountId}:`;
  const match = /^(?:services\/([^/.]+)(?:\.[^/]+)?\/)?functions\/([^/]+)$/.exec(
    endpoint.startsWith(prefix) ? endpoint.slice(prefix.length) : '',
  );
  const [, service, name] = match ?? [];
  if (name === undefined) {
    throw ineffective(
      id,
      'Endpoint',
      `${prefix}functions/{name}, or ${prefix}services/{service}/functions/{name}`,
    );
  }
  for (const [key, expected] of [
    ['functionName', name],
    ['serviceName', service],
  ] as const) {
    const value = given.get(key)?.value;
    if (value !== undefined && value !== expected) {
      throw ineffective(id, key, `the endpoint says ${expected ?? 'none'}`);
    }
  }
  return service === undefined ? name : `${service}/${name}`;
}

function payloadBuilder(
  id: string,
  { form, value = '', template = '' }: TargetParameter,
): (event: CloudEvent) => string {
  switch (form) {
    case 'ORIGINAL':
      return (event) => JSON.stringify(event);
    case 'CONSTANT':
      return () => value;
    case 'JSONPATH': {
      const read = pathReader(id, value);
      return (event) => textOf(read(event));
    }
    default: {
      const readers = Object.entries(variablesOf(id, value)).map(
        ([name, path]) => [name, pathReader(id, path)] as const,
      );
      return (event) =>
        readers.reduce(
          (text, [name, read]) => text.replaceAll(`\${${name}}`, textOf(read(event))),
          template,
        );
    }
  }
}

/** `$.data.eventName`: names only. */
function pathReader(id: string, path: string): (event: CloudEvent) => unknown {
  if (!/^\$(\.\w+)*$/.test(path)) {
    throw ineffective(id, 'Body', `'${path}' is not modelled by the sandbox, $.name.name is`);
  }
  const keys = path.split('.').slice(1);
  return (event) =>
    keys.reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
      event,
    );
}

/** `{"name":"$.path"}`. */
function variablesOf(id: string, value: string): Readonly<Record<string, string>> {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null) {
      return Object.fromEntries(Object.entries(parsed).map(([name, path]) => [name, String(path)]));
    }
  } catch {
    // Refused below, as another value that is no map.
  }
  throw ineffective(id, 'Body', 'the Value of a TEMPLATE is a JSON object of paths');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function only(
  id: string,
  given: ReadonlyMap<string, TargetParameter>,
  key: string,
  values: readonly string[],
): void {
  const value = given.get(key)?.value;
  if (value === undefined || values.includes(value)) return;
  throw ineffective(
    id,
    key,
    `'${value}' is not modelled by the sandbox, ${values.join(' or ')} is`,
  );
}

function missing(id: string, attribute: string) {
  return eventBridgeError(
    'EventTargetMissingAttribute',
    `Missing the attribute [${attribute}] of target [${id}]`,
  );
}

function ineffective(id: string, attribute: string, reason: string) {
  return eventBridgeError(
    'EventTargetIneffectiveAttribute',
    `The attribute [${attribute}] of target [${id}] is ineffective: ${reason}`,
  );
}
