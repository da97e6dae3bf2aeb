import { randomUUID } from 'node:crypto';
import type { SandboxClock } from '../../core/clock.ts';
import type { ValueMap } from '../template/value.ts';
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

/** `ALIYUN::FNF::Flow`: kept and shown; nothing runs it. */
export function flow(clock: SandboxClock, flows: NamedStore<Flow>): ResourceType {
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
      const created = flowOf(properties);
      flows.add(created.name, created);
      const now = new Date(clock.now()).toISOString();
      return {
        physicalId: created.name,
        attributes: {
          CreatedTime: now,
          Id: randomUUID(),
          LastModifiedTime: now,
          Name: created.name,
        },
      };
    },
    update(state, properties) {
      flows.set(state.physicalId, flowOf(properties));
      const LastModifiedTime = new Date(clock.now()).toISOString();
      return { ...state, attributes: { ...state.attributes, LastModifiedTime } };
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
