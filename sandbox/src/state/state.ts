import type { Cloud } from '../cloud.ts';
import type { ConfigData } from '../services/config/config-data.ts';
import type { DeliveryEntry } from '../services/event-bridge/event-bus.ts';
import type { LostRecord } from '../services/function-compute/failure-destination.ts';
import type { Invocation } from '../services/function-compute/invocation.ts';
import type { MessageService } from '../services/message-service/message-service.ts';
import type { DirectoryData } from '../services/resource-manager/directory-data.ts';
import type {
  Alert,
  Dashboard,
  Flow,
  Role,
  StackSummary,
} from '../services/resource-orchestration/resource-orchestration.ts';
import { type LogServiceData, logServiceData } from './log-service-data.ts';

/** What every service holds at one moment: plain data, good for JSON. Never a credential. */
export interface SandboxState {
  readonly config: ConfigData;
  readonly 'event-bridge': { readonly deliveries: readonly DeliveryEntry[] };
  readonly 'function-compute': {
    readonly functionNames: readonly string[];
    readonly invocations: readonly InvocationData[];
    /** Records of failed requests that their destination did not take. */
    readonly lostRecords: readonly LostRecord[];
  };
  readonly 'log-service': LogServiceData;
  readonly 'message-service': { readonly queues: ReturnType<MessageService['queues']> };
  readonly 'resource-manager': DirectoryData;
  readonly 'resource-orchestration': {
    readonly stacks: readonly StackSummary[];
    readonly roles: readonly Role[];
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
  config: ({ config }) => config.data(),
  'event-bridge': ({ eventBus }) => ({ deliveries: eventBus.deliveries() }),
  'function-compute': ({ functionCompute }) => ({
    functionNames: functionCompute.functionNames(),
    invocations: functionCompute.invocations().map(({ payload, result, ...rest }) => ({
      ...rest,
      payload: payload.toString('utf8'),
      result: result.toString('utf8'),
    })),
    lostRecords: functionCompute.lostRecords(),
  }),
  'log-service': ({ logService, directory }) =>
    logServiceData(logService, directory.managementAccountId),
  'message-service': ({ messageService }) => ({ queues: messageService.queues() }),
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
