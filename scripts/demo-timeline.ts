import { performance } from 'node:perf_hooks';
import pc from 'picocolors';
import type { Sandbox } from '../sandbox/src/index.ts';
import type { JournalEntry } from '../sandbox/src/world/journal.ts';
import type { ResultLocation } from './deploy-to-sandbox.ts';

/** Prints what happens in the sandbox, as it happens. */
export interface Timeline {
  line(subject: string, text: string): void;
  /** Runs are numbered in the order in which the log store first hears of them. */
  runNumber(entry: Readonly<Record<string, string>>): number;
  stop(): void;
}

export const INJECTED = pc.magenta('(injected)');

const LOOK_EVERY_MS = 50;
const SUBJECT_WIDTH = 10;

export function startTimeline(
  sandbox: Sandbox,
  { logProject, logStore }: ResultLocation,
): Timeline {
  const startMs = performance.now();
  const recorderStatus = new Map<string, string>();
  const eventIds = new Set<string>();
  const runIds: string[] = [];
  let shownCall = sandbox.journal.entries().at(-1)?.number ?? 0;
  let shownDeliveries = 0;
  let shownResults = 0;

  const line = (subject: string, text: string) => {
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`${pc.dim(`${seconds} s`)}  ${subject.padEnd(SUBJECT_WIDTH)}  ${text}\n`);
  };
  const runNumber = ({ run_id = '' }: Readonly<Record<string, string>>) => {
    if (!runIds.includes(run_id)) runIds.push(run_id);
    return runIds.indexOf(run_id) + 1;
  };

  const look = () => {
    const deliveries = sandbox.eventBus.deliveries();
    for (const { eventId, eventName, status } of deliveries.slice(shownDeliveries)) {
      const what = eventIds.has(eventId) ? `${eventName} again ${INJECTED}` : eventName;
      eventIds.add(eventId);
      line('event', `${what} ${status === 'delivered' ? '→ onboard-account' : status}`);
    }
    shownDeliveries = deliveries.length;

    for (const call of sandbox.journal.entries()) {
      if (call.number <= shownCall) continue;
      shownCall = call.number;
      if (call.operation === 'StartConfigurationRecorder') line('start', describeStart(call));
    }

    for (const member of sandbox.config.groupOf(sandbox.managementAccountId)?.members ?? []) {
      const { accountId, accountName, recorderStatus: now } = member;
      const before = recorderStatus.get(accountId);
      if (before === now) continue;
      recorderStatus.set(accountId, now);
      const change = before === undefined ? colorStatus(now) : `${before} → ${colorStatus(now)}`;
      line('recorder', `${accountName}: ${change}`);
    }

    const results = sandbox.logService.entries(logProject, logStore);
    for (const { contents } of results.slice(shownResults)) {
      const { entry_type, account_name, outcome, trigger, duration_ms } = contents;
      const what = entry_type === 'run' ? 'the run has' : `${account_name} is`;
      const took = `after ${(Number(duration_ms) / 1000).toFixed(1)} s`;
      line('log store', `run ${runNumber(contents)} (${trigger}): ${what} ${outcome} ${took}`);
    }
    shownResults = results.length;
  };
  const timer = setInterval(look, LOOK_EVERY_MS);

  return {
    line,
    runNumber,
    stop: () => {
      clearInterval(timer);
      look();
    },
  };
}

function describeStart({ status, errorCode, checked }: JournalEntry): string {
  if (errorCode === undefined) return pc.green(`the service accepts it (${status})`);
  const isInjected = checked.some(({ what }) => what === 'fault');
  return `${pc.yellow(`${status} ${errorCode}`)}${isInjected ? ` ${INJECTED}` : ': it is at work'}`;
}

function colorStatus(status: string): string {
  return status === 'REGISTERED' ? pc.green(status) : pc.yellow(status);
}
