import type { RpcOperation } from '../../rpc/operation.ts';
import { type OperationPorts, readTexts, stackOperation } from './operation.ts';

/**
 * `DeleteStack` with `RetainResources.N`, `RetainAllResources`. What has the deletion policy Retain
 * stays, too. A repeat is refused: `ActionInProgress`, then `StackNotFound`.
 */
export function deleteStack(ports: OperationPorts): RpcOperation {
  const { stacks } = ports;
  return stackOperation(ports, {
    name: 'DeleteStack',
    parameters: (read) => ({
      stackId: read.required('StackId'),
      all: read.flag('RetainAllResources') ?? false,
      ids: readTexts(read, 'RetainResources'),
    }),
    stackId: ({ stackId }) => stackId,
    handle({ stackId, ...retain }) {
      stacks.deleteStack(stackId, retain);
      return {};
    },
  });
}
