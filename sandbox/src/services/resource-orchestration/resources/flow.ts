import { randomUUID } from 'node:crypto';
import type { World } from '../../../world/world.ts';
import { FlowDefinitionError } from '../../cloud-flow/errors.ts';
import { readFlow } from '../../cloud-flow/read-flow.ts';
import type { ValueMap } from '../template/value.ts';
import { flowError } from './flow-errors.ts';
import type { NamedStore } from './named-store.ts';
import { optionalText, textOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

export interface Flow {
  readonly name: string;
  readonly definition: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly executionMode: string;
}

const FLOW_SERVICE = 'fnf.aliyuncs.com';

interface FlowPorts {
  readonly world: World;
  readonly flows: NamedStore<Flow>;
}

/** `ALIYUN::FNF::Flow`: checked, kept and shown; `cloud-flow` runs it where a test asks it to. */
export function flow(ports: FlowPorts): ResourceType {
  const { flows } = ports;
  const now = () => new Date(ports.world.clock.now()).toISOString();
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
      const created = checked(flowOf(properties), ports);
      flows.add(created.name, created);
      const createdAt = now();
      return {
        physicalId: created.name,
        attributes: {
          CreatedTime: createdAt,
          Id: randomUUID(),
          LastModifiedTime: createdAt,
          Name: created.name,
        },
      };
    },
    update(state, properties) {
      flows.set(state.physicalId, checked(flowOf(properties), ports));
      return { ...state, attributes: { ...state.attributes, LastModifiedTime: now() } };
    },
    delete: ({ physicalId }) => flows.remove(physicalId),
  };
}

function flowOf(properties: ValueMap): Flow {
  return {
    name: textOf(properties, 'Name'),
    definition: textOf(properties, 'Definition'),
    description: optionalText(properties, 'Description'),
    roleArn: optionalText(properties, 'RoleArn'),
    executionMode: optionalText(properties, 'ExecutionMode') ?? 'Standard',
  };
}

/** Source of the rule of the two names: CreateFlow (help.aliyun.com/en/document_detail/2590634.html). */
function checked(given: Flow, ports: FlowPorts): Flow {
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
