import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { rosError } from '../errors.ts';
import { createStackResources } from '../stack/create-stack.ts';
import { performAs } from '../stack/perform-as.ts';
import { requireIdle } from '../stack/requirements.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { updateStackResources } from '../stack/update-stack.ts';
import { stackIdOfChangeSet } from './change-set-stack.ts';
import { stackOperation } from './operation.ts';

/** `ExecuteChangeSet`: starts it and deletes the stack's other change sets. Not to be repeated. */
export function executeChangeSet(ports: StackPorts): RpcOperation {
  const { stacks, world } = ports;
  return stackOperation(ports, {
    name: 'ExecuteChangeSet',
    parameters: (read) => ({ changeSetId: read.required('ChangeSetId') }),
    stackId: ({ changeSetId }) => stackIdOfChangeSet(stacks, changeSetId),
    handle({ changeSetId }, caller) {
      const changeSet = stacks.changeSet(changeSetId);
      const { stack, next, type } = changeSet;
      requireIdle(stack);
      if (changeSet.executionStatus !== 'AVAILABLE') {
        throw rosError(
          'NotSupported',
          `Execute of a change set in ${changeSet.status}, ${changeSet.executionStatus} is not supported.`,
        );
      }
      for (const other of stacks.changeSetsOf(stack)) {
        if (other !== changeSet) stacks.removeChangeSet(other);
      }
      changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
      const done = () => {
        changeSet.executionStatus =
          stack.status === `${type}_COMPLETE` ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED';
      };
      const how = { ...performAs(caller, ports), nowMs: world.clock.now() };
      if (type === 'CREATE') {
        createStackResources(stack, how, done);
      } else {
        stack.updatedAtMs = how.nowMs;
        updateStackResources(stack, next, how, done);
      }
      return {};
    },
  });
}
