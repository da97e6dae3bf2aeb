import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { missingParameter } from '../errors.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { isoTime, stackOperation } from './operation.ts';

/** `GetTemplate` of a stack or of a change set, as the text that was given. No stored templates. */
export function getTemplate(ports: StackPorts): RpcOperation {
  const { stacks } = ports;
  return stackOperation(ports, {
    name: 'GetTemplate',
    parameters: (read) => ({
      stackId: read.text('StackId'),
      changeSetId: read.text('ChangeSetId'),
    }),
    stackId: ({ stackId }) => stackId ?? '*',
    handle({ stackId, changeSetId }) {
      if (changeSetId !== undefined) {
        const changeSet = stacks.changeSet(changeSetId);
        return {
          ChangeSetId: changeSet.id,
          TemplateBody: changeSet.next.prepared.template.text,
        };
      }
      if (stackId === undefined) throw missingParameter('StackId');
      const stack = stacks.stack(stackId);
      return {
        StackId: stack.id,
        CreateTime: isoTime(stack.createdAtMs),
        TemplateBody: stack.applied.prepared.template.text,
      };
    },
  });
}
