import { randomUUID } from 'node:crypto';
import { rosError } from '../errors.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { prepareForStack } from './prepare-for-stack.ts';
import { requireName } from './requirements.ts';
import type { Stack } from './stack.ts';
import type { StackPorts } from './stack-ports.ts';

export interface NewStack {
  readonly name: string;
  readonly templateBody: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly disableRollback: boolean;
  readonly timeoutMinutes: number;
}

/** A stack in review, not yet in the store. */
export function openStack(ports: StackPorts, given: NewStack): Stack {
  const { name, parameters, disableRollback, timeoutMinutes } = given;
  requireName('StackName', name);
  const isTaken = ports.stacks
    .all()
    .some((other) => other.name === name && other.status !== 'DELETE_COMPLETE');
  if (isTaken) throw rosError('StackExists', `The Stack (${name}) already exists.`);
  const id = randomUUID();
  const template = parseTemplate(given.templateBody, ports.types);
  return {
    id,
    name,
    createdAtMs: ports.world.clock.now(),
    updatedAtMs: undefined,
    status: 'REVIEW_IN_PROGRESS',
    statusReason: '',
    disableRollback,
    timeoutMinutes,
    applied: {
      prepared: prepareForStack(ports, { id, name }, template, parameters),
      given: parameters,
    },
    resources: new Map(),
    events: [],
  };
}
