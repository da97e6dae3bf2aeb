import type { StackChange } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { Output } from '../output.ts';
import { renderTable } from '../table.ts';

/** A change set as a table. */
export function showChanges(changes: readonly StackChange[], output: Output): void {
  const table = renderTable(
    [
      { title: 'action', value: ({ action }: StackChange) => action },
      { title: 'resource', value: ({ logicalId }) => logicalId },
      { title: 'type', value: ({ type }) => type },
      { title: 'replacement', value: describeReplacement },
    ],
    changes,
    output.style.dim,
    output.width,
  );
  output.line(table);
}

function describeReplacement({ action, replacement }: StackChange): string {
  if (action !== 'Modify') return '';
  switch (replacement) {
    case 'True':
      return 'yes: deleted and made anew';
    case 'Conditional':
      return 'perhaps';
    default:
      return 'no';
  }
}
