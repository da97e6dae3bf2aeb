import type { StackEvent } from '../../alicloud/resource-orchestration/stack-events.ts';
import type { Output } from '../output.ts';

export interface EventCount {
  /** Events seen so far. */
  readonly seen: number;
  readonly onEvent: (event: StackEvent) => void;
}

/** Says what happens to the stack's resources; what fails stays on the screen. */
export function followEvents(stackName: string, output: Output, total?: number): EventCount {
  let seen = 0;
  const done = new Set<string>();
  return {
    get seen() {
      return seen;
    },
    onEvent({ logicalId, status, type, reason }) {
      seen += 1;
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
