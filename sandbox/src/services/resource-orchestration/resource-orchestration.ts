import type { RpcProduct } from '../../protocols/rpc/operation.ts';
import type { World } from '../../world/world.ts';
import {
  type AccessStore,
  createAccessStore,
  type Role as StoredRole,
} from '../access-management/access-store.ts';
import type { StoredFlow } from '../cloud-flow/cloud-flow-service.ts';
import type { EventRules } from '../event-bridge/event-rules.ts';
import type { LogService } from '../log-service/index.ts';
import type { MessageService } from '../message-service/message-service.ts';
import { resourceOrchestrationErrors } from './errors.ts';
import { createChangeSet } from './operations/create-change-set.ts';
import { createStack } from './operations/create-stack.ts';
import { deleteChangeSet } from './operations/delete-change-set.ts';
import { deleteStack } from './operations/delete-stack.ts';
import { executeChangeSet } from './operations/execute-change-set.ts';
import { getChangeSet } from './operations/get-change-set.ts';
import { getStack } from './operations/get-stack.ts';
import { getTemplate } from './operations/get-template.ts';
import { listStackEvents } from './operations/list-stack-events.ts';
import { listStackResources } from './operations/list-stack-resources.ts';
import { listStacks } from './operations/list-stacks.ts';
import { previewStack } from './operations/preview-stack.ts';
import { validateTemplate } from './operations/validate-template.ts';
import { createResourceTypes } from './resources/all.ts';
import type { Alert } from './resources/log-alert.ts';
import type { Dashboard } from './resources/log-dashboard.ts';
import { createNamedStore } from './resources/named-store.ts';
import { createStackResources } from './stack/create-stack.ts';
import { openStack } from './stack/open-stack.ts';
import { atOnce, onClock } from './stack/perform.ts';
import { createRecord } from './stack/record.ts';
import { restoreStack, type SavedStack, saveStack } from './stack/saved-stack.ts';
import { knownOf, type Stack, type StackStatus } from './stack/stack.ts';
import type { StackPorts } from './stack/stack-ports.ts';
import { createStackStore } from './stack/stack-store.ts';
import type { Value } from './template/value.ts';

export type { StoredFlow as Flow } from '../cloud-flow/cloud-flow-service.ts';
export type { Alert } from './resources/log-alert.ts';
export type { Dashboard } from './resources/log-dashboard.ts';

export interface ResourceOrchestrationOptions {
  readonly world: World;
  /** The account that owns the stacks; other accounts' keys are refused. */
  readonly accountId: string;
  readonly logService: LogService;
  readonly messageService: MessageService;
  /** Roles and policies. Default: of its own. */
  readonly access?: AccessStore;
  /** Of EventBridge. Without them the type of event rules is unknown. */
  readonly eventRules?: EventRules;
  /** What each resource, and each change set, takes on the sandbox's clock. Default 1000. */
  readonly resourceMs?: number;
}

/** Without the service-linked ones. */
export type Role = Pick<StoredRole, 'arn' | 'name' | 'roleId' | 'trustedServices'>;

export interface StackSummary {
  readonly stackId: string;
  readonly name: string;
  readonly status: StackStatus;
  readonly statusReason: string;
  readonly outputs: Readonly<Record<string, Value>>;
  /** Physical ids by logical id, of the resources that exist. */
  readonly resources: Readonly<Record<string, string>>;
}

export interface ResourceOrchestration {
  readonly product: RpcProduct;
  /**
   * Creates a stack at once, whatever the clock says, and without permissions. Throws a
   * `ServiceError` for a template or a parameter that is refused, and an `Error` that says which
   * resource failed and why; what was created is deleted again then.
   */
  createStack(given: {
    readonly name: string;
    /** YAML or JSON. */
    readonly templateBody: string;
    readonly parameters?: Readonly<Record<string, string>>;
  }): StackSummary;
  /** In the order of creation; deleted ones too. */
  stacks(): readonly StackSummary[];
  /** All stacks as plain data. Change sets are not among it. */
  save(): readonly SavedStack[];
  /** Stacks that were saved, where there are none yet. Throws what `restoreStack` throws. */
  restore(saved: readonly SavedStack[]): void;
  roles(): readonly Role[];
  dashboards(): readonly Dashboard[];
  alerts(): readonly Alert[];
  flows(): readonly StoredFlow[];
}

/** Resource Orchestration Service, over RPC and in process. */
export function createResourceOrchestration(
  options: ResourceOrchestrationOptions,
): ResourceOrchestration {
  const { world, accountId } = options;
  const access = options.access ?? createAccessStore(world, accountId);
  const alerts = createNamedStore<Alert>({
    exists: 'JobAlreadyExist',
    missing: 'JobNotExist',
  });
  const dashboards = createNamedStore<Dashboard>({
    exists: 'ParameterInvalid',
    missing: 'DashboardNotExist',
  });
  const flows = createNamedStore<StoredFlow>({
    exists: 'FlowAlreadyExists',
    missing: 'FlowNotExists',
  });
  const ports: StackPorts = {
    world,
    accountId,
    types: createResourceTypes({ ...options, access, alerts, dashboards, flows }),
    stacks: createStackStore(),
    record: createRecord(world.clock),
    later: onClock(world.clock, options.resourceMs ?? 1000),
  };

  return {
    product: createProduct(ports),
    createStack({ name, templateBody, parameters = {} }) {
      const stack = openStack(ports, {
        name,
        templateBody,
        parameters: new Map(Object.entries(parameters)),
        disableRollback: false,
        timeoutMinutes: 60,
      });
      ports.stacks.add(stack);
      const how = { record: ports.record, later: atOnce, nowMs: world.clock.now() };
      createStackResources(stack, how, () => {});
      if (stack.status === 'CREATE_COMPLETE') return summaryOf(stack);
      const failure = stack.events.find(
        ({ physicalId, status }) => physicalId === stack.id && status === 'CREATE_FAILED',
      );
      throw new Error(`The stack ${name} is ${stack.status}: ${failure?.statusReason}`);
    },
    stacks: () => ports.stacks.all().map(summaryOf),
    save: () => ports.stacks.all().map(saveStack),
    restore(saved) {
      for (const stack of saved) ports.stacks.add(restoreStack(ports, stack));
    },
    roles: () =>
      access
        .roles()
        .filter(({ serviceName }) => serviceName === undefined)
        .map(({ name, arn, roleId, trustedServices }) => ({ name, arn, roleId, trustedServices })),
    dashboards: dashboards.all,
    alerts: alerts.all,
    flows: flows.all,
  };
}

/** What it answers over RPC. */
export function createProduct(ports: StackPorts) {
  return {
    service: 'resource-orchestration',
    hostId: 'ros.aliyuncs.com',
    versions: {
      '2019-09-10': {
        CreateChangeSet: createChangeSet(ports),
        CreateStack: createStack(ports),
        DeleteChangeSet: deleteChangeSet(ports),
        DeleteStack: deleteStack(ports),
        ExecuteChangeSet: executeChangeSet(ports),
        GetChangeSet: getChangeSet(ports),
        GetStack: getStack(ports),
        GetTemplate: getTemplate(ports),
        ListStackEvents: listStackEvents(ports),
        ListStackResources: listStackResources(ports),
        ListStacks: listStacks(ports),
        PreviewStack: previewStack(ports),
        ValidateTemplate: validateTemplate(ports),
      },
    },
    errors: resourceOrchestrationErrors,
    quotas: {},
  } satisfies RpcProduct;
}

function summaryOf(stack: Stack): StackSummary {
  const existing = [...stack.resources.values()].flatMap(({ id, existing: found }) =>
    found === undefined ? [] : [[id, found.state.physicalId] as const],
  );
  const outputs = stack.applied.prepared
    .outputs(knownOf(stack))
    .map(({ key, value }) => [key, value] as const);
  return {
    stackId: stack.id,
    name: stack.name,
    status: stack.status,
    statusReason: stack.statusReason,
    outputs: stack.status.endsWith('_COMPLETE') ? Object.fromEntries(outputs) : {},
    resources: Object.fromEntries(existing),
  };
}
