import type { JsonObject } from '../../../protocols/rpc/json.ts';
import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import type { ResourceChange } from '../stack/changes.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { parametersAnswer } from './answers.ts';
import { stackIdOfChangeSet } from './change-set-stack.ts';
import { isoTime, stackOperation } from './operation.ts';

/** `GetChangeSet`. Changes are shown once it is complete. `ShowTemplate` is refused. */
export function getChangeSet(ports: StackPorts): RpcOperation {
  const { stacks, world } = ports;
  return stackOperation(ports, {
    name: 'GetChangeSet',
    parameters: (read) => ({ changeSetId: read.required('ChangeSetId') }),
    stackId: ({ changeSetId }) => stackIdOfChangeSet(stacks, changeSetId),
    handle({ changeSetId }) {
      const changeSet = stacks.changeSet(changeSetId);
      const { stack, status } = changeSet;
      return {
        ChangeSetId: changeSet.id,
        ChangeSetName: changeSet.name,
        ChangeSetType: changeSet.type,
        Description: changeSet.description,
        Status: status,
        ExecutionStatus: changeSet.executionStatus,
        CreateTime: isoTime(changeSet.createdAtMs),
        StackId: stack.id,
        StackName: stack.name,
        TimeoutInMinutes: changeSet.timeoutMinutes,
        DisableRollback: stack.disableRollback,
        RegionId: world.region,
        Parameters: parametersAnswer(ports, stack, changeSet.next),
        Changes: status === 'CREATE_COMPLETE' ? changeSet.changes.map(changeAnswer) : [],
      };
    },
  });
}

function changeAnswer(change: ResourceChange): JsonObject {
  const isChanged = change.action === 'Modify';
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: change.action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId,
      ResourceType: change.resourceType,
      Replacement: isChanged ? 'False' : undefined,
      Scope: isChanged ? ['Properties'] : [],
      Details: change.changed.map((name) => ({
        ChangeSource: 'DirectModification',
        Evaluation: 'Static',
        Target: { Attribute: 'Properties', Name: name },
      })),
    },
  };
}
