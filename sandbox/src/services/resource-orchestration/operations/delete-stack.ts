import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { invalidParameter, rosError } from '../errors.ts';
import { deleteStackResources } from '../stack/delete-stack.ts';
import { performAs } from '../stack/perform-as.ts';
import { requireIdle } from '../stack/requirements.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { readTexts, stackOperation } from './operation.ts';

/**
 * `DeleteStack` with `RetainResources.N`, `RetainAllResources`. What has the deletion policy Retain
 * stays, too. A repeat is refused: `ActionInProgress`, then `StackNotFound`.
 */
export function deleteStack(ports: StackPorts): RpcOperation {
  const { stacks } = ports;
  return stackOperation(ports, {
    name: 'DeleteStack',
    parameters: (read) => ({
      stackId: read.required('StackId'),
      retainsAll: read.flag('RetainAllResources') ?? false,
      retained: readTexts(read, 'RetainResources'),
    }),
    stackId: ({ stackId }) => stackId,
    handle({ stackId, retainsAll, retained }, caller) {
      const stack = stacks.stack(stackId);
      if (stack.status === 'DELETE_COMPLETE') {
        throw rosError('StackNotFound', `The Stack (${stackId}) could not be found.`);
      }
      requireIdle(stack);
      const unknown = retained.find((id) => !stack.resources.has(id));
      if (unknown !== undefined) {
        throw invalidParameter('RetainResources', `the stack has no resource ${unknown}`);
      }
      for (const changeSet of stacks.changeSetsOf(stack)) stacks.removeChangeSet(changeSet);
      const isRetained = ({ id }: { id: string }) => retainsAll || retained.includes(id);
      deleteStackResources(stack, isRetained, performAs(caller, ports), () => {});
      return {};
    },
  });
}
