import { isEnabled } from './coverage.ts';
import { isCloudError } from './errors.ts';
import type { RunIdentity } from './log-entry.ts';
import { observe } from './observe.ts';
import { planRun } from './plan.ts';
import type { LogEntry, OnboardingSettings, Ports, RecorderReading } from './ports.ts';
import {
  accountEntriesOf,
  brokenReport,
  finishedReport,
  type RunReport,
  runEntryOf,
  summaryOf,
  unusedReport,
} from './report.ts';
import type { OnboardingRequest, ParsedInput } from './request.ts';
import { callTimeoutMs } from './retry.ts';
import {
  createRunContext,
  elapsedMs,
  identify,
  type RunContext,
  startDeadlineMs,
} from './run-context.ts';
import { settleAccounts } from './settle-accounts.ts';
import { NOT_STARTED, startRecorder } from './start-recorder.ts';
import type { RunSummary } from './summary.ts';
import { type Invocation, recordDeadlineMs } from './time-budget.ts';
import type { Verification } from './verify.ts';

/**
 * The onboarding workflow, whoever asked for it. Resolves when every result is stored in the log
 * store. Rejects, after recording, with `AccountsFailed`, `NoAccountInScope`, `InputRejected` or
 * an unexpected error; and with `ResultsNotStored` when the log store refused to the end.
 * Safe to repeat, and to run beside itself.
 */
export async function onboard(
  input: ParsedInput,
  ports: Ports,
  settings: OnboardingSettings,
  invocation: Invocation,
): Promise<RunSummary> {
  const context = createRunContext(input.request, ports, settings, invocation);
  const unused = input.unused.map((one) =>
    unusedReport(identify(one.trigger, context), one, elapsedMs(context)),
  );
  const done = input.request === undefined ? [] : [await runReported(input.request, context)];
  const reports = [...unused, ...done];

  await context.record.complete(
    reports.filter(({ dryRun }) => !dryRun).flatMap((report) => entriesOf(report, context)),
    context.retryUntil(recordDeadlineMs(context.budget, ports.clock.now())),
  );

  const broken = reports.find(({ error }) => error !== undefined);
  if (broken?.error !== undefined) throw broken.error;
  const [answer] = [...done, ...unused];
  if (answer === undefined) throw new TypeError('The input holds neither a request nor a reason.');
  return summaryOf(answer);
}

async function runReported(request: OnboardingRequest, context: RunContext): Promise<RunReport> {
  const run = identify(request.trigger, context);
  try {
    return await runRequest(run, request, context);
  } catch (error) {
    return brokenReport(run, request, error, elapsedMs(context));
  }
}

async function runRequest(
  run: RunIdentity,
  request: OnboardingRequest,
  context: RunContext,
): Promise<RunReport> {
  const { ports, budget, retryUntil } = context;
  const { dryRun, events } = request;

  const observed = await observe(
    request,
    ports,
    run.managementAccountId,
    retryUntil(budget.startByMs),
  );
  const plan = planRun(observed);
  const start =
    plan.startRecorder && !dryRun
      ? await startRecorder(ports, retryUntil(startDeadlineMs(request, context)))
      : NOT_STARTED;
  const { results, verification } = await settleAccounts(
    { run, request, observed, plan, start },
    context,
  );
  const { organizationStatus, recorderStatus } = await lastReading(
    start.reading ?? observed.organization,
    verification,
    context,
  );

  return finishedReport({
    run,
    plan,
    dryRun,
    events,
    organizationStatus,
    ...(recorderStatus === undefined ? {} : { recorderStatus }),
    startAttempts: start.attempts,
    durationMs: elapsedMs(context),
    results,
  });
}

/** While the account group was watched, the organization's own status may have moved on. */
async function lastReading(
  before: RecorderReading,
  { looks }: Verification,
  { ports, budget }: RunContext,
): Promise<RecorderReading> {
  const leftMs = budget.verifyByMs - ports.clock.now();
  if (looks === 0 || isEnabled(before.organizationStatus) || leftMs <= 0) return before;
  try {
    return await ports.recorder.describe({ timeoutMs: callTimeoutMs(leftMs) });
  } catch (error) {
    if (isCloudError(error)) return before;
    throw error;
  }
}

/** What is not recorded yet of them is recorded; the run's own entry comes last. */
function entriesOf(report: RunReport, { ports, eventOf }: RunContext): LogEntry[] {
  const { run, results, startAttempts } = report;
  const nowMs = ports.clock.now();
  return [
    ...accountEntriesOf(run, results, startAttempts, eventOf, nowMs),
    runEntryOf(report, ports.apiCalls(), nowMs),
  ];
}
