import { describeDuration } from '../duration.ts';
import type { Texts } from '../texts/en.ts';
import type { RunState } from './run-state.ts';

/** What is said of a run beside its results. A run in this process ends with it; others go on. */
export interface NotedRun {
  readonly followId: string;
  readonly isLocal: boolean;
}

export function startedNote(
  { followId, isLocal }: NotedRun,
  where: string,
  { run }: Texts,
): string {
  return `${isLocal ? run.startedHere : run.started(where)}\n${followCommand(followId)}`;
}

export function interruptedNote({ followId, isLocal }: NotedRun, { run }: Texts): string {
  return `${isLocal ? run.interruptedHere : run.interrupted}\n${followCommand(followId)}`;
}

/** `failure`: why the last look showed nothing. */
export function outOfTimeNote(
  { followId, isLocal }: NotedRun,
  waitMs: number,
  { last, failure }: { readonly last?: RunState; readonly failure?: Error },
  texts: Texts,
): string {
  const { run } = texts;
  return [
    `${run.after(describeDuration(waitMs, texts))} ${whatIsKnown(isLocal, last, texts)}`,
    ...(failure === undefined ? [] : [run.lastLookFailed(failure.message)]),
    isLocal ? run.lookAgain : run.lookAgainAndWatch,
    followCommand(followId),
  ].join('\n');
}

function whatIsKnown(isLocal: boolean, last: RunState | undefined, { run }: Texts): string {
  if (isLocal) return run.overHere;
  const isSilent =
    last === undefined || Object.values(last.counts).every((entries) => entries === 0);
  return isSilent ? run.silent : run.notOver;
}

function followCommand(followId: string): string {
  return `  onboard backfill --follow ${followId}`;
}
