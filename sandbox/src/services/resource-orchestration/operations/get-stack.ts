import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { knownOf } from '../stack/stack.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { parametersAnswer, stackAnswer } from './answers.ts';
import { stackOperation } from './operation.ts';

/** `GetStack`, of a deleted stack too. Outputs are shown while the stack is complete. */
export function getStack(ports: StackPorts): RpcOperation {
  const { stacks, world } = ports;
  return stackOperation(ports, {
    name: 'GetStack',
    parameters: (read) => ({ stackId: read.required('StackId') }),
    stackId: ({ stackId }) => stackId,
    handle({ stackId }) {
      const stack = stacks.stack(stackId);
      const { prepared } = stack.applied;
      const hasOutputs = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'ROLLBACK_COMPLETE'].includes(
        stack.status,
      );
      return {
        ...stackAnswer(world, stack),
        Description: prepared.template.description ?? '',
        TemplateDescription: prepared.template.description ?? '',
        Parameters: parametersAnswer(ports, stack, stack.applied),
        Outputs: hasOutputs
          ? prepared.outputs(knownOf(stack)).map((output) => ({
              OutputKey: output.key,
              OutputValue: output.value,
              Description: output.description ?? 'No description given',
              Label: output.label,
            }))
          : [],
      };
    },
  });
}
