import type { RpcOperation } from '../../rpc/operation.ts';
import { stackIdOfChangeSet } from './change-set-stack.ts';
import { type OperationPorts, stackOperation } from './operation.ts';

/** `DeleteChangeSet`: the stack in review that it was to create stays. */
export function deleteChangeSet(ports: OperationPorts): RpcOperation {
  const { stacks } = ports;
  return stackOperation(ports, {
    name: 'DeleteChangeSet',
    parameters: (read) => ({ changeSetId: read.required('ChangeSetId') }),
    stackId: ({ changeSetId }) => stackIdOfChangeSet(stacks, changeSetId),
    handle({ changeSetId }) {
      stacks.deleteChangeSet(changeSetId);
      return {};
    },
  });
}
