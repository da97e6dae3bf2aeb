import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { isoTime, stackOperation } from './operation.ts';

/** `ListStackResources`: all of them, without pages. */
export function listStackResources(ports: StackPorts): RpcOperation {
  const { stacks } = ports;
  return stackOperation(ports, {
    name: 'ListStackResources',
    parameters: (read) => ({ stackId: read.required('StackId') }),
    stackId: ({ stackId }) => stackId,
    handle({ stackId }) {
      const stack = stacks.stack(stackId);
      return {
        Resources: [...stack.resources.values()].map((resource) => ({
          StackId: stack.id,
          StackName: stack.name,
          LogicalResourceId: resource.id,
          PhysicalResourceId: resource.physicalId,
          ResourceType: resource.type.name,
          Status: resource.status,
          StatusReason: resource.statusReason,
          ResourceDriftStatus: 'NOT_CHECKED',
          CreateTime: isoTime(resource.createdAtMs),
          UpdateTime: isoTime(resource.updatedAtMs),
        })),
      };
    },
  });
}
