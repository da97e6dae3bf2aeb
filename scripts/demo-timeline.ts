import { performance } from 'node:perf_hooks';
import pc from 'picocolors';
import type { Sandbox } from '../sandbox/src/index.ts';
import type { JournalEntry } from '../sandbox/src/world/journal.ts';

/** Prints what happens in the sandbox, as it happens. */
export interface Timeline {
  line(subject: string, text: string): void;
  stop(): void;
}

const LOOK_EVERY_MS = 50;
const SUBJECT_WIDTH = 12;

export function startTimeline(sandbox: Sandbox): Timeline {
  const startMs = performance.now();
  const shownStatus = new Map<string, string>();
  let shownCall = sandbox.journal.entries().at(-1)?.number ?? 0;
  let shownDeliveries = 0;

  const line = (subject: string, text: string) => {
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`${pc.dim(`${seconds} s`)}  ${subject.padEnd(SUBJECT_WIDTH)} ${text}\n`);
  };

  const look = () => {
    const deliveries = sandbox.eventBus.deliveries();
    for (const { eventName, status } of deliveries.slice(shownDeliveries)) {
      line('event', `${eventName} ${status === 'delivered' ? '→ onboard-account' : status}`);
    }
    shownDeliveries = deliveries.length;

    for (const call of sandbox.journal.entries()) {
      if (call.number <= shownCall) continue;
      shownCall = call.number;
      const text = describeCall(call);
      if (text !== undefined) line(call.service, text);
    }

    for (const member of sandbox.config.groupOf(sandbox.managementAccountId)?.members ?? []) {
      const before = shownStatus.get(member.accountId);
      if (before === member.recorderStatus) continue;
      shownStatus.set(member.accountId, member.recorderStatus);
      const status = colorStatus(member.recorderStatus);
      line(
        'recorder',
        `${member.accountName}: ${before === undefined ? '' : `${before} → `}${status}`,
      );
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);

  return {
    line,
    stop: () => {
      clearInterval(timer);
      look();
    },
  };
}

/** The calls that tell the story; the reads in between would only repeat it. */
function describeCall({ operation, status, errorCode }: JournalEntry): string | undefined {
  if (operation === 'PutLogs') return `results stored (PutLogs ${status})`;
  if (operation !== 'StartConfigurationRecorder') return undefined;
  const answer =
    errorCode === undefined ? pc.green(String(status)) : pc.yellow(`${status} ${errorCode}`);
  return `${operation} → ${answer}`;
}

function colorStatus(status: string): string {
  return status === 'REGISTERED' ? pc.green(status) : pc.yellow(status);
}
