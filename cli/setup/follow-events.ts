import type { StackEvent } from '../../alicloud/resource-orchestration/stack-events.ts';
import type { CommandContext } from '../command.ts';

/**
 * Says what happens to the stack's resources, `total` of which are concerned; what fails stays on the
 * screen.
 */
export function followEvents(
  stackName: string,
  { output, texts }: CommandContext,
  total: number,
): { readonly onEvent: (event: StackEvent) => void } {
  const said = texts.setup;
  const done = new Set<string>();
  return {
    onEvent({ logicalId, status, type, reason }) {
      if (logicalId === stackName) return;
      if (/_FAILED$/.test(status)) {
        output.endProgress();
        output.note(
          `${output.style.bad(status)} ${logicalId} (${type}): ${reason ?? said.noReason}`,
        );
        return;
      }
      if (/_COMPLETE$/.test(status)) done.add(logicalId);
      // Of a removal, ROS may name what it retains, too.
      const counted = Math.min(done.size, total);
      output.progress(said.progress(counted, total, logicalId, status));
    },
  };
}
