import type { PlanFacts } from '../plan-facts.ts';

/** What `backfill` and `replay` say of a run. */
export const run = {
  where: {
    function: (name: string) => `the function ${name}`,
    here: 'this process',
  },
  planning: (where: string) => `reading the plan of ${where}`,
  plan: {
    title: 'Plan',
    starts: 'The recorder will be started, once for the whole organization.',
    startsNot: 'The recorder will not be started.',
    /** Behind one of these. */
    why: ({ reason }: PlanFacts) => ` ${reason}`,
    columns: { accounts: 'accounts', step: 'step', means: 'because they are' },
    steps: {
      none: 'covered already',
      await: 'being built: nothing but time is missing',
      start: 'missing from the account group, or not registered in it',
      verify: "the account group can't be read: nothing is known about them",
      skip: 'not members: left alone',
    },
  },
  firstStart:
    "Enterprise mode is off. This run turns it on: Cloud Config then records the resources of every member of the resource directory, not only of the accounts of this run, and of those that join later. It can't be turned off again without losing what was recorded.",
  dryRun: 'Nothing was changed: this was a dry run.',
  started: (where: string) => `Started in ${where}. To watch it from anywhere, at any time:`,
  startedHere:
    'Started here: interrupting this command ends the run. To see what it has recorded, from anywhere:',
  startIsUncertain:
    'The run may have been started all the same: onboard status shows what it records, and it is safe to start it again.',
  startIsNameless:
    'The run was started, but the service did not say under which request id: onboard status shows what it records.',
  noPlan: (who: string) =>
    `${who} does not answer a dry run with a plan: is it a backfill function of this project?`,
  /** Of the run's accounts; where they are not known, beside the `members` of the directory. */
  covered: (covered: number, total: number | undefined, members: number | undefined) => {
    if (total !== undefined) return `covered ${covered} of ${total}`;
    return members === undefined
      ? `covered ${covered} so far`
      : `covered ${covered} of at most ${members}, the members of the directory`;
  },
  since: (elapsed: string, longest: string) => `${elapsed} of ${longest} at most`,
  failed: (failed: number) => `${failed} failed`,
  left: (estimate: string) => `${estimate} left`,
  usual: 'usually 2 to 10 min',
  unusual: 'longer than usual, which is 2 to 10 min',
  interruptedBefore: 'Interrupted. Nothing was started.',
  interrupted: 'Interrupted; the run goes on. To pick it up again:',
  interruptedHere:
    'Interrupted, and the run with it. What it had found by then is in the log store; a recorder that it had started goes on, and it is safe to run it again. To see what it recorded:',
  after: (duration: string) => `After ${duration}`,
  overHere: "the run is over, and what it recorded can't all be read yet.",
  silent:
    'nothing of the run can be read: it has not begun, was ended before it recorded anything, or has another id. It is safe to run the backfill again.',
  notOver: 'the run is not over. It goes on for as long as its function may run.',
  lastLookFailed: (message: string) => `The last look at the log store failed: ${message}`,
  lookAgain: 'To look again:',
  lookAgainAndWatch: 'To look again, and go on watching:',
  ending: {
    rejected: 'The run was rejected.',
    failed: 'The run failed.',
    nothing: 'There was no account to onboard.',
    one: 'The account is covered.',
    all: (total: number, newly: number) => {
      const by = newly === total ? 'all' : String(newly);
      return `All ${total} accounts are covered${newly === 0 ? '' : `, ${by} of them by this run`}.`;
    },
    some: (covered: number, total: number, others: string) =>
      `${covered} of ${total} accounts are covered: ${others}.`,
    id: (runId: string, duration: string) => `run ${runId}, ${duration}`,
    more: (more: number) => `and ${more} more: onboard status --uncovered names them all.`,
  },
  replay: {
    looking: 'looking for open accounts',
    gone: (ids: string) => `No longer members, and left out: ${ids}`,
    nothing:
      "Nothing to replay: in the log store no member's last result is failed, pending or overdue.",
    notAllCovered:
      'Not every account is covered, though: onboard status shows which are not, and onboard backfill onboards them.',
    more: (more: number) => `and ${more} more.`,
    run: (at: number, total: number, accounts: number) =>
      `Run ${at} of ${total}: ${accounts} accounts`,
    notStarted: (runs: number) => `${runs} more runs were not started: run onboard replay again.`,
    notInGroup: 'not in the account group',
    recorder: (status: string) => `recorder ${status}`,
  },
  /** Outcomes and states are codes: they stay as they are. */
  counts: <Kind extends string>(counts: Readonly<Record<Kind, number>>, kinds: readonly Kind[]) =>
    kinds.map((kind) => `${counts[kind]} ${kind}`).join(', '),
};
