import type { RunState } from './run-state.ts';

/** What is said of a run beside its results. A run in this process ends with it; others go on. */
export interface NotedRun {
  readonly followId: string;
  readonly isLocal: boolean;
}

export function startedNote({ followId, isLocal }: NotedRun, where: string): string {
  const how = isLocal
    ? 'Started here: interrupting this command ends the run. To see what it has recorded, from anywhere:'
    : `Started in ${where}. To watch it from anywhere, at any time:`;
  return `${how}\n${followCommand(followId)}`;
}

export function interruptedNote({ followId, isLocal }: NotedRun): string {
  const how = isLocal
    ? 'Interrupted, and the run with it. What it had found is in the log store, what it had started goes on, and to run it again is safe. To see what it recorded:'
    : 'Interrupted; the run goes on. To pick it up again:';
  return `${how}\n${followCommand(followId)}`;
}

/** `failure`: why the last look showed nothing. */
export function outOfTimeNote(
  { followId, isLocal }: NotedRun,
  waitMs: number,
  { last, failure }: { readonly last?: RunState; readonly failure?: Error },
): string {
  const waited = `After ${waitMs / 1000} s`;
  return [
    `${waited} ${whatIsKnown(isLocal, last)}`,
    ...(failure === undefined ? [] : [`The last look at the log store failed: ${failure.message}`]),
    isLocal ? 'To look again:' : 'To look again, and go on watching:',
    followCommand(followId),
  ].join('\n');
}

function whatIsKnown(isLocal: boolean, last: RunState | undefined): string {
  if (isLocal) return "the run is over, and what it recorded can't all be read yet.";
  const isSilent =
    last === undefined || Object.values(last.counts).every((entries) => entries === 0);
  return isSilent
    ? 'nothing of the run can be read: it has not begun, was ended before it recorded anything, or has another id. To run the backfill again is safe.'
    : 'the run is not over. It goes on as long as its function may.';
}

function followCommand(followId: string): string {
  return `  onboard backfill --follow ${followId}`;
}
