import type { RpcOperation } from '../../rpc/operation.ts';
import { stackIdOfChangeSet } from './change-set-stack.ts';
import { type OperationPorts, stackOperation } from './operation.ts';

/** `ExecuteChangeSet`: starts it and deletes the stack's other change sets. Not to be repeated. */
export function executeChangeSet(ports: OperationPorts): RpcOperation {
  const { stacks } = ports;
  return stackOperation(ports, {
    name: 'ExecuteChangeSet',
    parameters: (read) => ({ changeSetId: read.required('ChangeSetId') }),
    stackId: ({ changeSetId }) => stackIdOfChangeSet(stacks, changeSetId),
    handle({ changeSetId }) {
      stacks.execute(changeSetId);
      return {};
    },
  });
}
