import type { StackEvent } from '../../alicloud/resource-orchestration/stack-events.ts';
import type { Output } from '../output.ts';

/** Says what happens to the stack's resources; what fails stays on the screen. */
export function followEvents(
  stackName: string,
  output: Output,
  total?: number,
): { readonly onEvent: (event: StackEvent) => void } {
  const done = new Set<string>();
  return {
    onEvent({ logicalId, status, type, reason }) {
      if (logicalId === stackName) return;
      if (/_FAILED$/.test(status)) {
        output.endProgress();
        output.note(`${output.style.bad(status)} ${logicalId} (${type}): ${reason ?? 'no reason'}`);
        return;
      }
      if (/_COMPLETE$/.test(status)) done.add(logicalId);
      const of = total === undefined ? `${done.size}` : `${done.size} of ${total}`;
      output.progress(`${of} done: ${logicalId} ${status}`);
    },
  };
}
