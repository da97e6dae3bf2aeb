import { classify } from '../../workflows/onboarding/error-rules.ts';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { RunOutcome } from '../../workflows/onboarding/model.ts';
import type { CommandContext } from '../command.ts';
import { describeDuration } from '../duration.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { styleOfOutcome } from '../outcome-style.ts';
import type { Output, Style } from '../output.ts';
import { type Column, renderTable } from '../table.ts';
import { type OpenAccount, openCount, type RunEnding, type RunSource } from './run-state.ts';

const MOST_SHOWN = 50;
/** Entries of one run become readable one by one, the run's own perhaps before others. */
const LOOKS = 8;
const PAUSE_MS = 500;

/** Says what a run came to, with what needs attention. */
export async function showEnding(
  ending: RunEnding,
  source: RunSource,
  { output, operator, interrupted }: CommandContext,
  options: { readonly json: boolean },
): Promise<ExitCode> {
  const expected = Math.min(openCount(ending.counts), MOST_SHOWN);
  let open: OpenAccount[] = [];
  for (let look = 1; expected > 0 && look <= LOOKS && !interrupted.aborted; look += 1) {
    open = await openAccountsOf(source);
    if (open.length >= expected) break;
    await operator.clock.sleep(PAUSE_MS);
  }
  if (options.json) {
    const { counts, ...rest } = ending;
    output.line(
      JSON.stringify({
        finished: true,
        follow: source.followId,
        ...rest,
        accounts: counts,
        attention: open,
      }),
    );
  } else {
    showForPeople(ending, open, output);
  }
  return exitCodeOfRun(ending);
}

/** None, when the log store can't say just now: what the run came to is known all the same. */
async function openAccountsOf(source: RunSource): Promise<OpenAccount[]> {
  try {
    return await source.openAccounts(MOST_SHOWN);
  } catch (error) {
    if (isCloudError(error) && classify(error) !== 'permanent') return [];
    throw error;
  }
}

/** The worst of its accounts; a run that broke off has none, and is as bad as one that failed. */
function exitCodeOfRun({ outcome, counts }: RunEnding): ExitCode {
  if (outcome === 'rejected') return EXIT.ERROR;
  return outcome === 'failed' ? EXIT.ATTENTION : exitCodeOf(counts);
}

function showForPeople(ending: RunEnding, open: readonly OpenAccount[], output: Output): void {
  const { outcome, reason, durationMs, runId, counts } = ending;
  const { style } = output;
  output.paragraph(headline(ending), styleOf(outcome, style));
  output.line(style.dim(`run ${runId}, ${describeDuration(durationMs)}`));
  if ((outcome === 'failed' || outcome === 'rejected') && reason !== undefined) {
    output.paragraph(reason);
  }
  if (open.length === 0) return;
  output.line();
  output.line(renderTable(openColumns(style), open, style.dim, output.width));
  const more = openCount(counts) - open.length;
  if (more > 0) output.line(`and ${more} more: onboard status --uncovered names them all.`);
}

function headline({ outcome, counts }: RunEnding): string {
  const covered = counts.covered + counts.alreadyCovered;
  const total = covered + openCount(counts) - counts.skipped;
  if (outcome === 'rejected') return 'The run was rejected.';
  if (total === 0)
    return outcome === 'failed' ? 'The run failed.' : 'There was no account to onboard.';
  const others = (['failed', 'overdue', 'pending'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${kind}`);
  if (others.length === 0) {
    const newly =
      counts.covered === 0
        ? ''
        : `, ${counts.covered === total ? 'all' : counts.covered} of them by this run`;
    return total === 1 ? 'The account is covered.' : `All ${total} accounts are covered${newly}.`;
  }
  return `${covered} of ${total} accounts are covered: ${others.join(', ')}.`;
}

function styleOf(outcome: RunOutcome, style: Style): (text: string) => string {
  if (outcome === 'succeeded' || outcome === 'ignored') return style.good;
  return outcome === 'pending' ? style.warning : style.bad;
}

function openColumns(style: Style): Column<OpenAccount>[] {
  return [
    { title: 'account', value: ({ accountId }) => accountId },
    { title: 'name', value: ({ name }) => name ?? '', fit: 'truncate' },
    { title: 'outcome', value: ({ outcome }) => styleOfOutcome(outcome, style)(outcome) },
    { title: 'what to do', value: ({ recommendation }) => recommendation ?? '', fit: 'wrap' },
  ];
}
