import type { StackChange } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { CommandContext } from '../command.ts';
import { renderTable } from '../table.ts';
import type { Texts } from '../texts/en.ts';

/** A change set as a table. */
export function showChanges(
  changes: readonly StackChange[],
  { output, texts }: CommandContext,
): void {
  const { columns } = texts.setup;
  const table = renderTable(
    [
      { title: columns.action, value: ({ action }: StackChange) => action },
      { title: columns.resource, value: ({ logicalId }) => logicalId },
      { title: columns.type, value: ({ type }) => type },
      { title: columns.replacement, value: (change) => describeReplacement(change, texts) },
    ],
    changes,
    { output, texts },
  );
  output.line(table);
}

function describeReplacement(
  { action, replacement = 'False' }: StackChange,
  { setup }: Texts,
): string {
  return action === 'Modify' ? setup.replacement[replacement] : '';
}
