import { classify } from '../../workflows/onboarding/error-rules.ts';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import { OPEN_OUTCOMES, type RunOutcome } from '../../workflows/onboarding/model.ts';
import type { CommandContext } from '../command.ts';
import { describeDuration } from '../duration.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { type Style, styleOfOutcome } from '../output.ts';
import { recommendationOf } from '../recommendation.ts';
import { type Column, renderTable } from '../table.ts';
import type { Texts } from '../texts/en.ts';
import { type OpenAccount, openCount, type RunEnding, type RunSource } from './run-state.ts';

const MOST_SHOWN = 50;
/** For a script, all: more than a directory has members. */
const MOST_OF_ALL = 100_000;
/** Entries of one run become readable one by one, the run's own perhaps before others. */
const LOOKS = 8;
const PAUSE_MS = 500;

/** Says what a run came to, with what needs attention. */
export async function showEnding(
  ending: RunEnding,
  source: RunSource,
  context: CommandContext,
  options: { readonly json: boolean },
): Promise<ExitCode> {
  const { output, operator, interrupted } = context;
  const most = options.json ? MOST_OF_ALL : MOST_SHOWN;
  const expected = Math.min(openCount(ending.counts), most);
  let open: OpenAccount[] = [];
  for (let look = 1; expected > 0 && look <= LOOKS && !interrupted.aborted; look += 1) {
    open = await openAccountsOf(source, most);
    if (open.length >= expected) break;
    await operator.clock.sleep(PAUSE_MS);
  }
  if (options.json) {
    const { counts, ...rest } = ending;
    output.json({
      schemaVersion: 1,
      finished: true,
      follow: source.followId,
      ...rest,
      accounts: counts,
      attention: open,
    });
  } else {
    showForPeople(ending, open, context);
  }
  return exitCodeOfRun(ending);
}

/** None, when the log store can't say just now: what the run came to is known all the same. */
async function openAccountsOf(source: RunSource, most: number): Promise<OpenAccount[]> {
  try {
    return await source.openAccounts(most);
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

function showForPeople(
  ending: RunEnding,
  open: readonly OpenAccount[],
  { output, texts }: CommandContext,
): void {
  const { outcome, reason, durationMs, runId, counts } = ending;
  const { style } = output;
  const said = texts.run.ending;
  output.paragraph(headline(ending, texts), styleOf(outcome, style));
  output.line(style.dim(said.id(runId, describeDuration(durationMs, texts))));
  if ((outcome === 'failed' || outcome === 'rejected') && reason !== undefined) {
    output.paragraph(reason);
  }
  if (open.length === 0) return;
  output.line();
  output.line(renderTable(openColumns(style, texts), open, { output, texts }));
  const more = openCount(counts) - open.length;
  if (more > 0) output.line(said.more(more));
}

function headline({ outcome, counts }: RunEnding, { run }: Texts): string {
  const { ending } = run;
  const covered = counts.covered + counts.alreadyCovered;
  const total = covered + openCount(counts) - counts.skipped;
  if (outcome === 'rejected') return ending.rejected;
  if (total === 0) return outcome === 'failed' ? ending.failed : ending.nothing;
  const others = OPEN_OUTCOMES.filter((kind) => counts[kind] > 0);
  if (others.length === 0) return total === 1 ? ending.one : ending.all(total, counts.covered);
  return ending.some(covered, total, run.counts(counts, others));
}

function styleOf(outcome: RunOutcome, style: Style): (text: string) => string {
  if (outcome === 'succeeded' || outcome === 'ignored') return style.good;
  return outcome === 'pending' ? style.warning : style.bad;
}

function openColumns(style: Style, texts: Texts): Column<OpenAccount>[] {
  const { columns } = texts.status;
  return [
    { title: columns.account, value: ({ accountId }) => accountId },
    { title: columns.name, value: ({ name }) => name ?? '', fit: 'truncate' },
    { title: columns.outcome, value: ({ outcome }) => styleOfOutcome(outcome, style)(outcome) },
    {
      title: columns.whatToDo,
      value: (account) => recommendationOf(account, texts) ?? '',
      fit: 'wrap',
    },
  ];
}
