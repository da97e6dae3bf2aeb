import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { cutPage, pageAnswer, readPage } from '../../../protocols/rpc/pages.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { isoTime, readTexts, stackOperation } from './operation.ts';

/** `ListStackEvents`: the newest first; by `Status.N`, `LogicalResourceId.N`, `ResourceType.N`. */
export function listStackEvents(ports: StackPorts): RpcOperation {
  const { stacks } = ports;
  return stackOperation(ports, {
    name: 'ListStackEvents',
    parameters: (read) => ({
      stackId: read.required('StackId'),
      page: readPage(read, 50),
      statuses: readTexts(read, 'Status'),
      logicalIds: readTexts(read, 'LogicalResourceId'),
      resourceTypes: readTexts(read, 'ResourceType'),
    }),
    stackId: ({ stackId }) => stackId,
    handle({ stackId, page, statuses, logicalIds, resourceTypes }) {
      const stack = stacks.stack(stackId);
      const found = stack.events
        .filter(({ status }) => isIn(statuses, status))
        .filter(({ logicalId }) => isIn(logicalIds, logicalId))
        .filter(({ resourceType }) => isIn(resourceTypes, resourceType))
        .toReversed();
      return {
        ...pageAnswer(found, page),
        Events: cutPage(found, page).map((event) => ({
          EventId: event.eventId,
          StackId: stack.id,
          StackName: stack.name,
          LogicalResourceId: event.logicalId,
          PhysicalResourceId: event.physicalId,
          ResourceType: event.resourceType,
          Status: event.status,
          StatusReason: event.statusReason,
          CreateTime: isoTime(event.atMs),
        })),
      };
    },
  });
}

/** An empty list lets everything pass. */
function isIn(allowed: readonly string[], text: string): boolean {
  return allowed.length === 0 || allowed.includes(text);
}
