import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { rosError } from '../errors.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { stackIdOfChangeSet } from './change-set-stack.ts';
import { stackOperation } from './operation.ts';

/** `DeleteChangeSet`: the stack in review that it was to create stays. */
export function deleteChangeSet(ports: StackPorts): RpcOperation {
  const { stacks } = ports;
  return stackOperation(ports, {
    name: 'DeleteChangeSet',
    parameters: (read) => ({ changeSetId: read.required('ChangeSetId') }),
    stackId: ({ changeSetId }) => stackIdOfChangeSet(stacks, changeSetId),
    handle({ changeSetId }) {
      const changeSet = stacks.changeSet(changeSetId);
      const { status, executionStatus } = changeSet;
      if (status !== 'CREATE_COMPLETE' || !['AVAILABLE', 'UNAVAILABLE'].includes(executionStatus)) {
        throw rosError(
          'NotSupported',
          `Delete of a change set in ${status}, ${executionStatus} is not supported.`,
        );
      }
      stacks.removeChangeSet(changeSet);
      return {};
    },
  });
}
