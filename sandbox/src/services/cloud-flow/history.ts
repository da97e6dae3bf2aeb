import type { SandboxClock } from '../../world/clock.ts';
import { FlowNotModelled } from './errors.ts';
import type { JsonObject } from './json.ts';

/** Something that happened in an execution. Names after `GetExecutionHistory`; inferred. */
export type HistoryEvent = { readonly atMs: number } & HistoryFact;

type HistoryFact =
  | { readonly type: 'StateEntered'; readonly state: string; readonly input: JsonObject }
  | { readonly type: 'StateExited'; readonly state: string; readonly output: JsonObject }
  | { readonly type: 'TaskScheduled'; readonly state: string; readonly retryCount: number }
  | { readonly type: 'TaskSucceeded'; readonly state: string }
  | { readonly type: 'TaskFailed'; readonly state: string; readonly code: string }
  | { readonly type: 'WaitScheduled'; readonly state: string; readonly seconds: number };

export interface History {
  add(fact: HistoryFact): void;
  events(): readonly HistoryEvent[];
}

/** Source: "Limits" (help.aliyun.com/en/document_detail/122093.html). */
const MOST_EVENTS = 5_000;
const LARGEST_DATA_BYTES = 65_536;

/** Refuses what is over the service's limits: an execution there would fail. */
export function createHistory(clock: SandboxClock): History {
  const events: HistoryEvent[] = [];
  return {
    add(fact) {
      if (fact.type === 'StateEntered') assertSize(fact.state, 'its input', fact.input);
      if (fact.type === 'StateExited') assertSize(fact.state, 'its output', fact.output);
      events.push({ atMs: clock.now(), ...fact });
      if (events.length > MOST_EVENTS) {
        throw new FlowNotModelled(fact.state, `an execution has ${MOST_EVENTS} events at most`);
      }
    },
    events: () => events,
  };
}

export function assertSize(state: string, what: string, data: JsonObject): void {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes <= LARGEST_DATA_BYTES) return;
  throw new FlowNotModelled(state, `${what} has ${bytes} bytes, over 64 KiB`);
}
