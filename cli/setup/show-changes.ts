import type { StackChange } from '../../alicloud/resource-orchestration/stack-plan.ts';
import type { CommandContext } from '../command.ts';
import { renderTable } from '../table.ts';
import type { Texts } from '../texts/en.ts';
import type { PropertyChange } from './property-changes.ts';

/** A change set as a table, and the values that it changes as another. */
export function showChanges(
  changes: readonly StackChange[],
  properties: readonly PropertyChange[],
  { output, texts }: Pick<CommandContext, 'output' | 'texts'>,
): void {
  const { columns } = texts.setup;
  output.line(
    renderTable(
      [
        { title: columns.action, value: ({ action }: StackChange) => action },
        { title: columns.resource, value: ({ logicalId }) => logicalId },
        { title: columns.type, value: ({ type }) => type },
        { title: columns.replacement, value: (change) => describeReplacement(change, texts) },
      ],
      changes,
      { output, texts },
    ),
  );
  if (properties.length === 0) return;
  output.line();
  output.line(
    renderTable(
      [
        { title: columns.resource, value: ({ logicalId }: PropertyChange) => logicalId },
        { title: columns.property, value: ({ path }) => path, fit: 'wrap' },
        {
          title: columns.values,
          value: ({ before, after }) =>
            texts.setup.change(describeValue(before, texts), describeValue(after, texts)),
          fit: 'wrap',
        },
      ],
      properties,
      { output, texts },
    ),
  );
}

function describeReplacement(
  { action, replacement = 'False' }: StackChange,
  { setup }: Texts,
): string {
  return action === 'Modify' ? setup.replacement[replacement] : '';
}

const LONGEST_VALUE = 60;

/** What is too long to compare by eye is said by its size. */
function describeValue(value: unknown, { setup: said }: Texts): string {
  if (value === undefined) return said.noValue;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const lines = text.split('\n').length;
  if (lines > 1) return said.lines(lines);
  return text.length > LONGEST_VALUE ? said.characters(text.length) : text;
}
