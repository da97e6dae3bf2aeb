import { classify } from './errors.ts';
import type { RunIdentity } from './log-entry.ts';
import { observe } from './observe.ts';
import { type Plan, type PlannedAccount, planRun } from './plan.ts';
import type { OnboardingSettings, Ports, RecorderReading } from './ports.ts';
import { openRecord, type RunRecord } from './record.ts';
import {
  accountEntriesOf,
  brokenReport,
  type EventOf,
  finishedReport,
  type RunReport,
  runEntryOf,
  summaryOf,
  unusedReport,
} from './report.ts';
import type { OnboardingRequest, ParsedInput, Trigger } from './request.ts';
import { concludeAccounts } from './result.ts';
import { callTimeoutMs, type RetryContext, retryPolicies } from './retry.ts';
import { NOT_STARTED, type StartOutcome, startRecorder } from './start-recorder.ts';
import type { RunSummary } from './summary.ts';
import { type Invocation, recordDeadlineMs, type TimeBudget, timeBudget } from './time-budget.ts';
import { type Verification, verify } from './verify.ts';

interface RunContext {
  readonly ports: Ports;
  readonly settings: OnboardingSettings;
  readonly invocation: Invocation;
  readonly budget: TimeBudget;
  readonly retryUntil: (deadlineMs: number) => RetryContext;
  readonly record: RunRecord;
  /** Accounts whose entries are handed to the record already. */
  readonly recorded: Set<string>;
  readonly eventOf: EventOf;
}

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
  const context = createContext(input.request, ports, settings, invocation);
  const unused = input.unused.map((one) =>
    unusedReport(identify(one.trigger, context), one, elapsedMs(context)),
  );
  const done = input.request === undefined ? [] : [await runReported(input.request, context)];
  const reports = [...unused, ...done];

  const nowMs = ports.clock.now();
  await context.record.complete(
    reports.filter(({ dryRun }) => !dryRun).flatMap((report) => unrecordedEntries(report, context)),
    context.retryUntil(recordDeadlineMs(context.budget, nowMs)),
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
  const { ports, settings, budget, retryUntil } = context;

  const untilStart = retryUntil(budget.startByMs);
  const observed = await observe(request, ports, run.managementAccountId, untilStart);
  const plan = planRun(observed);
  const start =
    plan.startRecorder && !request.dryRun ? await startRecorder(ports, untilStart) : NOT_STARTED;

  const conclude = (
    accounts: readonly PlannedAccount[],
    verification: Verification,
    organization = start.reading ?? observed.organization,
  ) =>
    concludeAccounts(accounts, {
      start,
      organization,
      verification,
      startedAtMs: context.invocation.startedAtMs,
      endedAtMs: ports.clock.now(),
      overdueAfterMs: settings.overdueAfterMs,
    });
  const recordEarly = async (accounts: readonly PlannedAccount[], verification: Verification) => {
    const results = conclude(accounts, verification);
    const nowMs = ports.clock.now();
    const entries = accountEntriesOf(run, results, start.attempts, context.eventOf, nowMs);
    for (const { accountId } of accounts) context.recorded.add(accountId);
    if (entries.length > 0) await context.record.add(entries, budget.verifyByMs);
  };

  const open = openAccounts(plan, start);
  const deadlineMs = verifyDeadlineMs(request, context);
  if (open.length > 0 && deadlineMs > ports.clock.now()) {
    const settled = plan.accounts.filter(({ step }) => isSettled(step));
    const { groupSight } = observed;
    await recordEarly(settled, { groupSight, coveredAtMs: new Map(), looks: 0 });
  }
  const verification = await verify(
    open.map(({ accountId }) => accountId),
    observed.groupSight,
    {
      ports,
      poll: settings.poll,
      deadlineMs,
      isLongEnabled: observed.organization.organizationStatus === 'REGISTERED',
      onProgress: (accountIds, seen) => {
        const covered = new Set(accountIds);
        return recordEarly(
          open.filter(({ accountId }) => covered.has(accountId)),
          seen,
        );
      },
    },
  );
  const management = await lastReading(
    start.reading ?? observed.organization,
    verification,
    context,
  );

  return finishedReport({
    run,
    plan,
    dryRun: request.dryRun,
    events: request.events,
    organizationStatus: management.organizationStatus,
    ...(management.recorderStatus === undefined
      ? {}
      : { recorderStatus: management.recorderStatus }),
    startAttempts: start.attempts,
    durationMs: elapsedMs(context),
    results: conclude(plan.accounts, verification, management),
  });
}

function isSettled(step: PlannedAccount['step']): boolean {
  return step === 'none' || step === 'skip';
}

/** Accounts that waiting may cover: none when the start was refused. */
function openAccounts({ accounts }: Plan, { error }: StartOutcome): PlannedAccount[] {
  if (error !== undefined && classify(error) !== 'in-progress') return [];
  return accounts.filter(({ step }) => !isSettled(step));
}

function verifyDeadlineMs(request: OnboardingRequest, context: RunContext): number {
  if (request.dryRun) return 0;
  const verifyForMs = request.verifyForMs ?? context.settings.verifyForMs;
  return Math.min(context.ports.clock.now() + verifyForMs, context.budget.verifyByMs);
}

/** While the account group was watched, the organization's own status may have moved on. */
async function lastReading(
  before: RecorderReading,
  { looks }: Verification,
  { ports, budget }: RunContext,
): Promise<RecorderReading> {
  if (looks === 0 || before.organizationStatus === 'REGISTERED') return before;
  const timeoutMs = callTimeoutMs(budget.recordByMs - ports.clock.now());
  return ports.recorder.describe({ timeoutMs }).catch(() => before);
}

function unrecordedEntries(report: RunReport, { ports, recorded, eventOf }: RunContext) {
  const { run, startAttempts } = report;
  const nowMs = ports.clock.now();
  const rest = report.results.filter(({ accountId }) => !recorded.has(accountId));
  return [
    ...accountEntriesOf(run, rest, startAttempts, eventOf, nowMs),
    runEntryOf(report, ports.apiCalls(), nowMs),
  ];
}

function createContext(
  request: OnboardingRequest | undefined,
  ports: Ports,
  settings: OnboardingSettings,
  invocation: Invocation,
): RunContext {
  const policies = retryPolicies(settings.retry);
  const { clock, random } = ports;
  return {
    ports,
    settings,
    invocation,
    budget: timeBudget(invocation),
    retryUntil: (deadlineMs) => ({ policies, clock, random, deadlineMs }),
    record: openRecord(ports),
    recorded: new Set(),
    eventOf: eventByAccount(request),
  };
}

function identify(trigger: Trigger, { ports, invocation }: RunContext): RunIdentity {
  const { functionRequestId, managementAccountId } = invocation;
  return {
    runId: ports.newRunId(),
    trigger,
    managementAccountId,
    ...(functionRequestId === undefined ? {} : { functionRequestId }),
  };
}

function elapsedMs({ ports, invocation }: RunContext): number {
  return ports.clock.now() - invocation.startedAtMs;
}

/** An account's own event, or for a whole directory the event that asked for it. */
function eventByAccount(request: OnboardingRequest | undefined): EventOf {
  if (request?.scope.kind !== 'accounts') return () => request?.events[0];
  const events = new Map(request.scope.accounts.map(({ accountId, event }) => [accountId, event]));
  return (accountId) => events.get(accountId);
}
