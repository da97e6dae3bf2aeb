import { rosError } from '../errors.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { PreparedTemplate } from '../template/prepared-template.ts';
import { isSameValue } from '../template/value.ts';
import { addChangeSet, type NewChangeSet } from './add-change-set.ts';
import type { ChangeSet } from './change-set.ts';
import { prepareForStack } from './prepare-for-stack.ts';
import { requireIdle } from './requirements.ts';
import type { AppliedTemplate, Stack, StackStatus } from './stack.ts';
import type { StackPorts } from './stack-ports.ts';

export interface StackUpdate {
  readonly templateBody: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** For parameters that are not given. */
  readonly usePreviousParameters: boolean;
}

/** Source: help.aliyun.com, ROS, "Update a stack by using a change set". */
const UPDATABLE: readonly StackStatus[] = [
  'CREATE_COMPLETE',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
];

/** A change set for a stack that there is. One that would change nothing is refused. */
export function planUpdate(
  ports: StackPorts,
  stackId: string,
  given: StackUpdate & NewChangeSet,
): ChangeSet {
  const stack = ports.stacks.stack(stackId);
  requireIdle(stack);
  if (!UPDATABLE.includes(stack.status)) {
    throw rosError('NotSupported', `Update of a stack in ${stack.status} is not supported.`);
  }
  const next = prepareUpdate(ports, stack, given);
  if (isSameTemplate(stack.applied.prepared, next.prepared) && stack.status !== 'ROLLBACK_FAILED') {
    throw rosError(
      'NotSupported',
      `Update the completely same stack (${stack.name}) is not supported.`,
    );
  }
  return addChangeSet(ports, given, { type: 'UPDATE', stack, next });
}

/** The template for a stack that there is, with the parameters that are given or kept. */
export function prepareUpdate(
  ports: StackPorts,
  stack: Stack,
  given: StackUpdate,
): AppliedTemplate {
  const template = parseTemplate(given.templateBody, ports.types);
  const previous = given.usePreviousParameters ? [...stack.applied.given] : [];
  // Former values of parameters that the template has no longer don't count.
  const kept = previous.filter(([name]) => template.parameters.has(name));
  const values = new Map([...kept, ...given.parameters]);
  return { prepared: prepareForStack(ports, stack, template, values), given: values };
}

function isSameTemplate(before: PreparedTemplate, after: PreparedTemplate): boolean {
  return (
    isSameValue(before.template.source, after.template.source) &&
    isSameValue(Object.fromEntries(before.parameters), Object.fromEntries(after.parameters))
  );
}
