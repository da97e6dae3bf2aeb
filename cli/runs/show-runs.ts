import type { CommandContext } from '../command.ts';
import { describeDuration } from '../duration.ts';
import { foldAlike, formatMoment } from '../fold.ts';
import { type JsonResult, type Style, styleOfOutcome } from '../output.ts';
import type { StoredRun } from '../stored-entries.ts';
import { type Column, renderTable } from '../table.ts';
import { onOneLine, truncateText } from '../terminal-text.ts';
import type { Texts } from '../texts/en.ts';

const KINDS = ['failed', 'overdue', 'pending', 'skipped', 'covered', 'alreadyCovered'] as const;
const OUTCOMES = ['failed', 'rejected', 'pending', 'ignored', 'succeeded'] as const;

/** In columns. A reason names accounts and errors; `--json` has all of it. */
const LONGEST_REASON = 150;

/** A run, or several in a row that came to the same. */
type Alike = readonly [StoredRun, ...StoredRun[]];

/** The newest last, and under it what all that were found came to. */
export function showRuns(
  { found, shown }: { readonly found: readonly StoredRun[]; readonly shown: readonly StoredRun[] },
  days: number,
  { output, texts }: Pick<CommandContext, 'output' | 'texts'>,
): void {
  if (found.length === 0) {
    output.paragraph(texts.runs.none(days));
    return;
  }
  const folded = foldAlike(shown, (run) => (run.trigger === 'schedule' ? saidBy(run) : run.runId));
  output.line(renderTable(columnsOf(output.style, texts), folded, { output, texts }));
  output.line();
  const counts = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, found.filter((run) => run.outcome === outcome).length]),
  ) as Record<(typeof OUTCOMES)[number], number>;
  const said = texts.run.counts(
    counts,
    OUTCOMES.filter((outcome) => counts[outcome] > 0),
  );
  output.paragraph(texts.runs.summary(found.length, days, said));
}

function columnsOf(style: Style, texts: Texts): Column<Alike>[] {
  const { columns, folded } = texts.runs;
  return [
    { title: columns.ended, value: ([first]) => formatMoment(first.time) },
    { title: columns.trigger, value: ([first]) => first.trigger },
    { title: columns.outcome, value: ([{ outcome }]) => styleOfRun(outcome, style)(outcome) },
    {
      title: columns.run,
      value: (runs) => {
        const last = runs.at(-1) ?? runs[0];
        return runs.length === 1
          ? onOneLine(last.runId)
          : `${folded(runs.length)} ${formatMoment(last.time)}`;
      },
    },
    { title: columns.found, value: (runs) => foundBy(runs, texts), fit: 'wrap' },
  ];
}

function styleOfRun(outcome: StoredRun['outcome'], style: Style) {
  if (outcome === 'succeeded') return style.good;
  return styleOfOutcome(outcome === 'rejected' ? 'failed' : outcome, style);
}

function foundBy(runs: Alike, texts: Texts): string {
  const [{ accounts, startAttempts, durationMs, reason, eventName }] = runs;
  const counts = texts.run.counts(
    { ...accounts, 'already-covered': accounts.alreadyCovered },
    KINDS.filter((kind) => accounts[kind] > 0).map((kind) =>
      kind === 'alreadyCovered' ? 'already-covered' : kind,
    ),
  );
  return [
    eventName,
    counts,
    startAttempts === 0 ? undefined : texts.runs.starts(startAttempts),
    runs.length === 1 ? describeDuration(durationMs, texts) : undefined,
    reason === undefined ? undefined : truncateText(onOneLine(reason), LONGEST_REASON),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

function saidBy({ outcome, accounts, startAttempts, reason }: StoredRun): string {
  return JSON.stringify([outcome, accounts, startAttempts, reason]);
}

/** For a script: `cli/schemas/runs.schema.json`. */
export function runsJson(runs: readonly StoredRun[], sinceMs: number): JsonResult {
  return { schemaVersion: 1, since: new Date(sinceMs).toISOString(), runs };
}
