import type { Cloud } from '../cloud.ts';
import type { ConfigData } from '../services/config/config-data.ts';
import type { DeliveryEntry } from '../services/event-bridge/event-bus.ts';
import type { RuleRecord } from '../services/event-bridge/event-rules.ts';
import type { LostRecord } from '../services/function-compute/failure-destination.ts';
import type { Invocation } from '../services/function-compute/invocation.ts';
import type { MessageService } from '../services/message-service/message-service.ts';
import type { StoredObject } from '../services/object-storage/object-storage.ts';
import type { DirectoryData } from '../services/resource-manager/directory-data.ts';
import type {
  Alert,
  Dashboard,
  Flow,
  Role,
  StackSummary,
} from '../services/resource-orchestration/resource-orchestration.ts';
import type { IgnoredParameter } from '../world/ignored-parameters.ts';
import { type AccessData, accessData } from './access-data.ts';
import { type LogServiceData, logServiceData } from './log-service-data.ts';

/** What every service holds at one moment: plain data, good for JSON. Never a credential. */
export interface SandboxState {
  readonly 'access-management': AccessData;
  readonly config: ConfigData;
  readonly 'event-bridge': {
    /** Those of the API and of stacks; rules of functions’ own triggers are not among them. */
    readonly rules: readonly RuleRecord[];
    readonly deliveries: readonly DeliveryEntry[];
  };
  readonly 'function-compute': {
    readonly functionNames: readonly string[];
    readonly invocations: readonly InvocationData[];
    /** Records of failed requests that their destination did not take. */
    readonly lostRecords: readonly LostRecord[];
  };
  /** Parameters that were let through, in a lenient sandbox. */
  readonly 'ignored-parameters': { readonly parameters: readonly IgnoredParameter[] };
  readonly 'log-service': LogServiceData;
  readonly 'message-service': { readonly queues: ReturnType<MessageService['queues']> };
  readonly 'object-storage': { readonly objects: readonly StoredObject[] };
  readonly 'resource-manager': DirectoryData;
  readonly 'resource-orchestration': {
    readonly stacks: readonly StackSummary[];
    readonly roles: readonly Pick<Role, 'name' | 'arn' | 'roleId' | 'trustedServices'>[];
    readonly dashboards: readonly Dashboard[];
    readonly alerts: readonly Alert[];
    readonly flows: readonly Flow[];
  };
}

export type StateName = keyof SandboxState;

/** An attempt to run a function, with what went in and out as text. */
type InvocationData = Omit<Invocation, 'payload' | 'result'> & {
  readonly payload: string;
  readonly result: string;
};

/** By service: reads its state. */
const READERS: {
  readonly [Name in StateName]: (cloud: Cloud) => SandboxState[Name] | Promise<SandboxState[Name]>;
} = {
  'access-management': ({ access }) => accessData(access),
  config: ({ config }) => config.data(),
  'event-bridge': ({ eventBus, eventRules }) => ({
    rules: eventRules.list(),
    deliveries: eventBus.deliveries(),
  }),
  'function-compute': ({ functionCompute }) => ({
    functionNames: functionCompute.functionNames(),
    invocations: functionCompute.invocations().map(invocationData),
    lostRecords: functionCompute.lostRecords(),
  }),
  'ignored-parameters': ({ world }) => ({ parameters: world.ignored.list() }),
  'log-service': ({ logService, directory }) =>
    logServiceData(logService, directory.managementAccountId),
  'message-service': ({ messageService }) => ({ queues: messageService.queues() }),
  'object-storage': ({ objectStorage }) => ({ objects: objectStorage.objects() }),
  'resource-manager': ({ directory }) => directory.data(),
  'resource-orchestration': ({ resourceOrchestration }) => ({
    stacks: resourceOrchestration.stacks(),
    roles: resourceOrchestration.roles().map(({ name, arn, roleId, trustedServices }) => ({
      name,
      arn,
      roleId,
      trustedServices,
    })),
    dashboards: resourceOrchestration.dashboards(),
    alerts: resourceOrchestration.alerts(),
    flows: resourceOrchestration.flows(),
  }),
};

export function invocationData({ payload, result, ...rest }: Invocation): InvocationData {
  return { ...rest, payload: payload.toString('utf8'), result: result.toString('utf8') };
}

export const STATE_NAMES = Object.keys(READERS) as readonly StateName[];

export function isStateName(text: string): text is StateName {
  return STATE_NAMES.some((name) => name === text);
}

export async function serviceState<Name extends StateName>(
  cloud: Cloud,
  name: Name,
): Promise<SandboxState[Name]> {
  return READERS[name](cloud);
}

export async function sandboxState(cloud: Cloud): Promise<SandboxState> {
  const entries = STATE_NAMES.map(async (name) => [name, await serviceState(cloud, name)] as const);
  return Object.fromEntries(await Promise.all(entries)) as unknown as SandboxState;
}
