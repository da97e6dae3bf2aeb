import type { CommandContext } from '../command.ts';
import type { Stack } from '../operator.ts';

/** The stack by its name; waiting for what others do to it is said. */
export function openStack(
  stackName: string,
  { operator, output, texts }: CommandContext,
): Promise<Stack> {
  return operator.stack(stackName, (status) =>
    output.progress(texts.setup.underWay(stackName, status)),
  );
}
