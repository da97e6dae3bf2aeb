/** The invocation that a run lives in. */
export interface Invocation {
  /** Absent outside Function Compute. */
  readonly functionRequestId?: string;
  readonly managementAccountId: string;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** From the start; infinite outside Function Compute. */
  readonly timeoutMs: number;
}

/** Moments, in milliseconds since 1970, by which each step of a run has to be done. */
export interface Deadlines {
  /** Observing and starting; leaves time for at least one look at what came of it. */
  readonly startByMs: number;
  readonly verifyByMs: number;
  /** Storing the results; leaves a little for the answer. */
  readonly recordByMs: number;
}

const RECORDING_MS = 30_000;
const LAST_LOOK_MS = 10_000;
const ANSWERING_MS = 1_000;

/** Shares of a short invocation, so that even one of a few seconds keeps time for each part. */
const RECORDING_SHARE = 0.3;
const LAST_LOOK_SHARE = 0.1;
const ANSWERING_SHARE = 0.05;

/** Without a time-out nothing would end a log store that refuses for ever. */
const RECORDING_WITHOUT_TIMEOUT_MS = 120_000;

/** Cuts the invocation's time so that whatever happens before, there is time left to record. */
export function deadlinesOf({ startedAtMs, timeoutMs }: Invocation): Deadlines {
  const endMs = startedAtMs + timeoutMs;
  const recordByMs = endMs - Math.min(ANSWERING_MS, timeoutMs * ANSWERING_SHARE);
  const verifyByMs = recordByMs - Math.min(RECORDING_MS, timeoutMs * RECORDING_SHARE);
  const startByMs = verifyByMs - Math.min(LAST_LOOK_MS, timeoutMs * LAST_LOOK_SHARE);
  return { startByMs, verifyByMs, recordByMs };
}

/** The log store is asked about earlier runs this long: a run goes on without its answer. */
const HISTORY_MS = 15_000;
/** A run that does not wait for coverage tries the start this long, and the next run goes on. */
const SHORTEST_START_MS = 30_000;

/** When reading the history has to be done if it begins now. */
export function historyDeadlineMs({ startByMs }: Deadlines, nowMs: number): number {
  return Math.min(startByMs, nowMs + HISTORY_MS);
}

/** When starting has to be done if it begins now and coverage is waited for so long. */
export function startDeadlineMs({ startByMs }: Deadlines, nowMs: number, verifyForMs: number) {
  return Math.min(startByMs, nowMs + Math.max(verifyForMs, SHORTEST_START_MS));
}

/** When no wait for coverage begins any more. */
export function verifyDeadlineMs({ verifyByMs }: Deadlines, nowMs: number, verifyForMs: number) {
  return Math.min(verifyByMs, nowMs + verifyForMs);
}

/** When recording has to be done if it begins now. */
export function recordDeadlineMs({ recordByMs }: Deadlines, nowMs: number): number {
  return Math.min(recordByMs, nowMs + RECORDING_WITHOUT_TIMEOUT_MS);
}
