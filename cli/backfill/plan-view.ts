import * as v from 'valibot';
import type { CommandContext } from '../command.ts';
import { renderTable } from '../table.ts';

/** What is used of the answer to a dry run. The function may be newer than the command. */
export const planAnswer = v.object({
  dryRun: v.literal(true),
  organizationStatus: v.optional(v.string()),
  accounts: v.object({
    covered: v.number(),
    alreadyCovered: v.number(),
    pending: v.number(),
    overdue: v.number(),
    failed: v.number(),
    skipped: v.number(),
  }),
  plan: v.object({
    startRecorder: v.boolean(),
    reason: v.string(),
    accounts: v.object({
      none: v.number(),
      await: v.number(),
      start: v.number(),
      verify: v.number(),
      skip: v.number(),
    }),
  }),
});

export type PlanAnswer = v.InferOutput<typeof planAnswer>;
type Step = keyof PlanAnswer['plan']['accounts'];

const STEPS: readonly Step[] = ['none', 'await', 'start', 'verify', 'skip'];

/** Accounts that a run has to see through. */
export function accountsInPlan({ plan }: PlanAnswer): number {
  const { none, await: building, start, verify } = plan.accounts;
  return none + building + start + verify;
}

/** Of them, those that time is needed for. */
export function accountsToBuild({ plan }: PlanAnswer): number {
  const { await: building, start } = plan.accounts;
  return building + start;
}

/** What a run is going to do. */
export function showPlan(answer: PlanAnswer, { output, texts }: CommandContext): void {
  const { style } = output;
  const { organizationStatus } = answer;
  const { startRecorder, reason, accounts } = answer.plan;
  const { plan } = texts.run;
  const why = plan.why({ reason, organizationStatus, accounts });
  output.line(style.bold(plan.title));
  output.paragraph(`${startRecorder ? plan.starts : plan.startsNot}${why}`);
  const steps = STEPS.filter((step) => accounts[step] > 0);
  if (steps.length === 0) return;
  output.line();
  output.line(
    renderTable(
      [
        { title: plan.columns.accounts, value: (step) => String(accounts[step]), align: 'right' },
        { title: plan.columns.step, value: (step) => step },
        { title: plan.columns.means, value: (step) => plan.steps[step], fit: 'wrap' },
      ],
      steps,
      { output, texts },
    ),
  );
}
