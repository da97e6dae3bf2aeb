import { conclude } from './conclude.ts';
import {
  type Deadlines,
  deadlinesOf,
  historyDeadlineMs,
  type Invocation,
  recordDeadlineMs,
  startDeadlineMs,
  verifyDeadlineMs,
} from './deadlines.ts';
import { type RunIdentity, runEntry } from './log-entry.ts';
import { type AccountResult, isOpen, type OnboardingRequest, type Trigger } from './model.ts';
import { observe } from './observe.ts';
import type { ParsedInput } from './payload.ts';
import { planRun } from './plan.ts';
import type { Backoff, OnboardingSettings, Ports } from './ports.ts';
import { RunRecord } from './record.ts';
import {
  accountEntriesOf,
  brokenReport,
  eventByAccount,
  finishedReport,
  type RunReport,
  unusedReport,
} from './report.ts';
import { type RetryContext, type RetryPolicies, readPolicies, retryPolicies } from './retry.ts';
import { observedProgress, type Progress, startRecorder } from './start.ts';
import { type RunSummary, summarize } from './summary.ts';
import { verify } from './verify.ts';

interface RunContext {
  readonly ports: Ports;
  readonly settings: OnboardingSettings;
  readonly invocation: Invocation;
  readonly deadlines: Deadlines;
  readonly record: RunRecord;
}

/**
 * The onboarding workflow, whoever asked for it. Resolves when every result is stored in the log
 * store. Rejects, after recording, with `AccountsFailed`, `NoAccountInScope`, `InputRejected` or
 * an unexpected error; and with `ResultsNotStored` when the log store refused to the end.
 * Safe to repeat, and to run beside itself.
 */
export async function onboard(
  { request, unused }: ParsedInput,
  ports: Ports,
  settings: OnboardingSettings,
  invocation: Invocation,
): Promise<RunSummary> {
  const deadlines = deadlinesOf(invocation);
  const context = { ports, settings, invocation, deadlines, record: new RunRecord(ports) };
  const reports = unused.map((input) =>
    unusedReport(identify(input.trigger, context), input, elapsedMs(context)),
  );
  for (const report of reports) addRun(report, context);
  if (request !== undefined) return onboardAccounts(request, context);

  const [report] = reports;
  if (report === undefined) throw new TypeError('The input holds neither a request nor a reason.');
  return completeAndAnswer(report, context);
}

/** Observe, plan, start, verify, conclude, record, and answer with a summary. */
async function onboardAccounts(
  request: OnboardingRequest,
  context: RunContext,
): Promise<RunSummary> {
  const { ports, settings, invocation, deadlines, record } = context;
  const { clock } = ports;
  const { dryRun, events } = request;
  const run = identify(request.trigger, context);
  const verifyForMs = dryRun ? 0 : (request.verifyForMs ?? settings.verifyForMs);
  const eventOf = eventByAccount(request);
  const addResults = (results: readonly AccountResult[], startAttempts: number) => {
    if (dryRun) return;
    record.add(accountEntriesOf(run, results, startAttempts, eventOf, clock.now()));
  };

  const steps = async (): Promise<RunReport> => {
    const snapshot = await observe(request, {
      ports,
      managementAccountId: run.managementAccountId,
      poll: settings.poll,
      retry: retryUntil(deadlines.startByMs, readPolicies, context),
      historyRetry: retryUntil(historyDeadlineMs(deadlines, clock.now()), readPolicies, context),
    });
    const plan = planRun(snapshot, request.trigger);
    const concludeFrom = (progress: Progress) =>
      conclude({
        ...progress,
        snapshot,
        plan,
        startedAtMs: invocation.startedAtMs,
        endedAtMs: clock.now(),
        overdueAfterMs: settings.overdueAfterMs,
      });
    // So that a process that is killed has said what it knew.
    const onProgress = async (progress: Progress) => {
      const known = concludeFrom(progress).filter(({ outcome }) => !isOpen(outcome));
      addResults(known, progress.start.attempts);
      await record.store(deadlines.verifyByMs);
    };

    const observed = observedProgress(snapshot, plan);
    const started = dryRun
      ? observed
      : await startRecorder(plan, observed, {
          ports,
          retry: retryUntil(
            startDeadlineMs(deadlines, clock.now(), verifyForMs),
            retryPolicies,
            context,
          ),
          onProgress,
        });
    const verified = await verify(plan, snapshot, started, {
      ports,
      poll: settings.poll,
      deadlineMs: verifyDeadlineMs(deadlines, clock.now(), verifyForMs),
      lookByMs: deadlines.verifyByMs,
      onProgress,
    });
    return finishedReport({
      run,
      dryRun,
      events,
      plan,
      organization: verified.organization,
      startAttempts: verified.start.attempts,
      durationMs: elapsedMs(context),
      results: concludeFrom(verified),
    });
  };

  const report = await steps().catch((error: unknown) =>
    brokenReport(run, request, error, elapsedMs(context)),
  );
  addResults(report.results, report.startAttempts);
  addRun(report, context);
  return completeAndAnswer(report, context);
}

/** A new run. */
function identify(trigger: Trigger, { ports, invocation }: RunContext): RunIdentity {
  const { functionRequestId, managementAccountId } = invocation;
  return { runId: ports.newRunId(), trigger, managementAccountId, functionRequestId };
}

function addRun(report: RunReport, { ports, record }: RunContext): void {
  if (report.dryRun) return;
  record.add([runEntry(report.run, report, ports.apiCalls(), ports.clock.now())]);
}

async function completeAndAnswer(report: RunReport, context: RunContext): Promise<RunSummary> {
  const { record, deadlines, ports } = context;
  const deadlineMs = recordDeadlineMs(deadlines, ports.clock.now());
  await record.complete(retryUntil(deadlineMs, retryPolicies, context));
  if (report.error !== undefined) throw report.error;
  return summarize(report);
}

function retryUntil(
  deadlineMs: number,
  policiesOf: (backoff: Backoff) => RetryPolicies,
  { ports, settings }: RunContext,
): RetryContext {
  const { clock, random, onRetry } = ports;
  return { policies: policiesOf(settings.retry), clock, random, deadlineMs, onRetry };
}

function elapsedMs({ ports, invocation }: RunContext): number {
  return ports.clock.now() - invocation.startedAtMs;
}
