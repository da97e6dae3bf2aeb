import type { RpcOperation } from '../../../protocols/rpc/operation.ts';
import { cutPage, pageAnswer, readPage } from '../../../protocols/rpc/pages.ts';
import type { StackPorts } from '../stack/stack-ports.ts';
import { stackAnswer } from './answers.ts';
import { readTexts, stackOperation } from './operation.ts';

/**
 * `ListStacks`: the newest first; by `StackName.N`, `Status.N`, `StackId`. A name may hold `*`.
 * Deleted stacks only where `Status` or `StackId` asks for them.
 */
export function listStacks(ports: StackPorts): RpcOperation {
  const { stacks, world } = ports;
  return stackOperation(ports, {
    name: 'ListStacks',
    parameters: (read) => ({
      page: readPage(read, 50),
      names: readTexts(read, 'StackName').map(namePattern),
      statuses: readTexts(read, 'Status'),
      stackId: read.text('StackId'),
    }),
    stackId: () => '*',
    handle({ page, names, statuses, stackId }) {
      const found = stacks
        .all()
        .filter(({ id }) => stackId === undefined || id === stackId)
        .filter(({ name }) => names.length === 0 || names.some((pattern) => pattern.test(name)))
        .filter(({ status }) =>
          statuses.length > 0
            ? statuses.includes(status)
            : status !== 'DELETE_COMPLETE' || stackId !== undefined,
        )
        .toReversed();
      return {
        ...pageAnswer(found, page),
        Stacks: cutPage(found, page).map((stack) => stackAnswer(world, stack)),
      };
    },
  });
}

function namePattern(text: string): RegExp {
  const source = text.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${source}$`);
}
