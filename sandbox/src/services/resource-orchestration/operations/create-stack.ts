import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { createStackResources } from '../stack/create-stack.ts';
import { openStack } from '../stack/open-stack.ts';
import { performAs } from '../stack/perform-as.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { readStackParameters, stackOperation } from './operation.ts';

/**
 * `CreateStack`: answers before the resources are there. Options, policies, protection, tags and other
 * sources of templates are not modelled. A repeat is refused: `StackExists`.
 */
export function createStack(ports: StackPorts): RpcOperation {
  return stackOperation(ports, {
    name: 'CreateStack',
    parameters: (read) => ({
      name: read.required('StackName'),
      templateBody: read.required('TemplateBody'),
      parameters: readStackParameters(read),
      disableRollback: read.flag('DisableRollback') ?? false,
      timeoutMinutes: read.integer('TimeoutInMinutes', { minimum: 10, maximum: 1440 }) ?? 60,
    }),
    stackId: () => '*',
    handle(given, caller) {
      const stack = openStack(ports, given);
      ports.stacks.add(stack);
      const how = { ...performAs(caller, ports), nowMs: ports.world.clock.now() };
      createStackResources(stack, how, () => {});
      return { StackId: stack.id };
    },
  });
}
