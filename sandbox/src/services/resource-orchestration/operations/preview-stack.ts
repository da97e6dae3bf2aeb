import type { JsonObject } from '../../../protocols/rpc/json.ts';
import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { invalidParameter, missingParameter } from '../errors.ts';
import { changesOf } from '../stack/changes.ts';
import { openStack } from '../stack/open-stack.ts';
import { prepareUpdate } from '../stack/plan-update.ts';
import { type AppliedTemplate, knownOf, type Stack } from '../stack/stack.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { isList, isMap, isUnknown, type Value } from '../template/value.ts';
import { parametersAnswer } from './answers.ts';
import { readStackParameters, stackOperation } from './operation.ts';

/**
 * `PreviewStack`: what `CreateStack` would make (`StackName`), or an update of a stack would change
 * (`StackId`). Changes nothing. Whether a property can be changed is not looked at.
 */
export function previewStack(ports: StackPorts): RpcOperation {
  return stackOperation(ports, {
    name: 'PreviewStack',
    parameters: (read) => ({
      stackId: read.text('StackId'),
      stackName: read.text('StackName'),
      templateBody: read.required('TemplateBody'),
      parameters: readStackParameters(read),
      disableRollback: read.flag('DisableRollback') ?? false,
      timeoutMinutes: read.integer('TimeoutInMinutes', { minimum: 10, maximum: 1440 }) ?? 60,
      usePreviousParameters: read.flag('UsePreviousParameters') ?? false,
    }),
    stackId: ({ stackId }) => stackId ?? '*',
    handle({ stackId, stackName, ...given }) {
      const { disableRollback, timeoutMinutes } = given;
      if (stackId !== undefined) {
        if (stackName !== undefined) throw invalidParameter('StackName', 'a stack keeps its name');
        const stack = ports.stacks.stack(stackId);
        const next = prepareUpdate(ports, stack, given);
        return previewAnswer(ports, { ...stack, disableRollback, timeoutMinutes }, next);
      }
      if (stackName === undefined) throw missingParameter('StackName');
      if (given.usePreviousParameters) {
        throw invalidParameter('UsePreviousParameters', 'a new stack has none');
      }
      const stack = openStack(ports, { ...given, name: stackName });
      return previewAnswer(ports, stack, stack.applied);
    },
  });
}

function previewAnswer(ports: StackPorts, stack: Stack, next: AppliedTemplate): JsonObject {
  const description = next.prepared.template.description ?? 'No description';
  return {
    Stack: {
      StackName: stack.name,
      RegionId: ports.world.region,
      Description: description,
      TemplateDescription: description,
      DisableRollback: stack.disableRollback,
      TimeoutInMinutes: stack.timeoutMinutes,
      Parameters: parametersAnswer(ports, stack, next),
      Resources: resourcesAnswer(stack, next),
    },
  };
}

function resourcesAnswer(stack: Stack, { prepared }: AppliedTemplate): readonly JsonObject[] {
  const changes = changesOf(stack, prepared);
  const known = knownOf(stack);
  const wanted = prepared.resources.map((definition) => {
    const { id, type } = definition;
    const change = changes.find(({ logicalId }) => logicalId === id);
    return {
      LogicalResourceId: id,
      ResourceType: type.name,
      Action: change?.action ?? 'None',
      Description: '',
      PhysicalResourceId: change?.physicalId,
      Replacement: change?.action === 'Modify' ? 'False' : undefined,
      Properties: shown(prepared.propertiesOf(definition, known)),
      RequiredBy: prepared.requiredBy(id),
    };
  });
  const removed = changes
    .filter(({ action }) => action === 'Remove')
    .map(({ logicalId, resourceType, physicalId }) => ({
      LogicalResourceId: logicalId,
      ResourceType: resourceType,
      Action: 'Remove',
      Description: '',
      PhysicalResourceId: physicalId,
      Properties: shown(stack.resources.get(logicalId)?.existing?.properties ?? {}),
      RequiredBy: [],
    }));
  return [...wanted, ...removed];
}

/** What is known only after execution is null. */
function shown(value: Value): Value {
  if (isUnknown(value)) return null;
  if (isList(value)) return value.map(shown);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(member)]));
}
