import { randomUUID } from 'node:crypto';
import { type ErrorTable, errorFrom, type ServiceError } from '../../../protocols/service-error.ts';
import type { World } from '../../../world/world.ts';
import type { StoredFlow } from '../../cloud-flow/cloud-flow-service.ts';
import { FlowDefinitionError } from '../../cloud-flow/errors.ts';
import { readFlow } from '../../cloud-flow/read-flow.ts';
import type { ValueMap } from '../template/value.ts';
import type { NamedStore } from './named-store.ts';
import { optionalText, textOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

const FLOW_SERVICE = 'fnf.aliyuncs.com';

interface FlowPorts {
  readonly world: World;
  readonly flows: NamedStore<StoredFlow>;
}

/** `ALIYUN::FNF::Flow`: checked, kept and shown; `cloud-flow` shows and runs it. */
export function flow(ports: FlowPorts): ResourceType {
  const { flows } = ports;
  return {
    name: 'ALIYUN::FNF::Flow',
    properties: {
      kind: 'object',
      members: {
        Name: {
          shape: { kind: 'text', pattern: /^[A-Za-z_][A-Za-z0-9_-]*$/, maxLength: 128 },
          required: true,
        },
        Definition: { shape: { kind: 'text', minLength: 1 }, required: true, updatable: true },
        Description: { shape: { kind: 'text' }, updatable: true },
        RoleArn: { shape: { kind: 'text' }, updatable: true },
        ExecutionMode: { shape: { kind: 'text', allowed: ['Express', 'Standard'] } },
      },
      unmodelled: ['ExternalStorageLocation', 'RequestId'],
    },
    attributes: ['CreatedTime', 'Id', 'LastModifiedTime', 'Name'],
    create(properties) {
      const given = checked(flowOf(properties), ports);
      const nowMs = ports.world.clock.now();
      const created = { ...given, id: randomUUID(), createdAtMs: nowMs, modifiedAtMs: nowMs };
      flows.add(created.name, created);
      return stateOf(created);
    },
    update(state, properties) {
      const given = checked(flowOf(properties), ports);
      const old = flows.all().find(({ name }) => name === state.physicalId);
      const nowMs = ports.world.clock.now();
      const { id = randomUUID(), createdAtMs = nowMs } = old ?? {};
      const changed = { ...given, id, createdAtMs, modifiedAtMs: nowMs };
      flows.set(state.physicalId, changed);
      return stateOf(changed);
    },
    delete: ({ physicalId }) => flows.remove(physicalId),
  };
}

function stateOf(flow: StoredFlow) {
  return {
    physicalId: flow.name,
    attributes: {
      CreatedTime: new Date(flow.createdAtMs).toISOString(),
      Id: flow.id,
      LastModifiedTime: new Date(flow.modifiedAtMs).toISOString(),
      Name: flow.name,
    },
  };
}

type GivenFlow = Omit<StoredFlow, 'createdAtMs' | 'id' | 'modifiedAtMs'>;

function flowOf(properties: ValueMap): GivenFlow {
  return {
    name: textOf(properties, 'Name'),
    definition: textOf(properties, 'Definition'),
    description: optionalText(properties, 'Description'),
    roleArn: optionalText(properties, 'RoleArn'),
    executionMode: optionalText(properties, 'ExecutionMode') ?? 'Standard',
  };
}

/** Source of the rule of the two names: CreateFlow (help.aliyun.com/en/document_detail/2590634.html). */
function checked(given: GivenFlow, ports: FlowPorts): GivenFlow {
  const definedName = definedNameOf(given.definition);
  if (definedName !== given.name) {
    throw flowError(
      'SandboxFlowDefinition',
      `Its Name is ${definedName}, and the flow's is ${given.name}.`,
    );
  }
  if (given.roleArn !== undefined) requireUsableRole(given.roleArn, ports);
  return given;
}

function definedNameOf(definition: string): string {
  try {
    return readFlow(definition).name;
  } catch (error) {
    if (!(error instanceof FlowDefinitionError)) throw error;
    throw flowError('SandboxFlowDefinition', error.problems.join('; '));
  }
}

function requireUsableRole(roleArn: string, { world }: FlowPorts): void {
  const role = world.identities.role(roleArn);
  if (role === undefined) throw flowError('SandboxFlowRole', `There is no role ${roleArn}.`);
  if (!role.trusts(FLOW_SERVICE)) {
    throw flowError('SandboxFlowRole', `${roleArn} does not trust ${FLOW_SERVICE}.`);
  }
}

/**
 * What creating or changing a flow fails with. The documentation of CreateFlow has no table of
 * errors, and does not say whether it looks at the role: these codes are the sandbox's own.
 */
const flowErrors: ErrorTable = {
  SandboxFlowDefinition: {
    status: 400,
    message: 'The definition is wrong, or more than the sandbox models.',
  },
  SandboxFlowRole: { status: 400, message: 'CloudFlow could not assume the role.' },
};

export function flowError(code: string, reason: string): ServiceError {
  return errorFrom(flowErrors, code, { message: `${flowErrors[code]?.message} ${reason}` });
}
