import type { RunIdentity } from './log-entry.ts';
import type { OnboardingSettings, Ports } from './ports.ts';
import { openRecord, type RunRecord } from './record.ts';
import type { EventOf } from './report.ts';
import type { OnboardingRequest, Trigger } from './request.ts';
import { type RetryContext, retryPolicies } from './retry.ts';
import { type Invocation, type TimeBudget, timeBudget } from './time-budget.ts';

/** What every step of an invocation's runs has at hand. */
export interface RunContext {
  readonly ports: Ports;
  readonly settings: OnboardingSettings;
  readonly invocation: Invocation;
  readonly budget: TimeBudget;
  readonly retryUntil: (deadlineMs: number) => RetryContext;
  readonly record: RunRecord;
  readonly eventOf: EventOf;
}

export function createRunContext(
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
    eventOf: eventByAccount(request),
  };
}

/** A new run. */
export function identify(trigger: Trigger, { ports, invocation }: RunContext): RunIdentity {
  const { functionRequestId, managementAccountId } = invocation;
  return {
    runId: ports.newRunId(),
    trigger,
    managementAccountId,
    ...(functionRequestId === undefined ? {} : { functionRequestId }),
  };
}

export function elapsedMs({ ports, invocation }: RunContext): number {
  return ports.clock.now() - invocation.startedAtMs;
}

/** A run that does not wait for coverage tries the start this long, and the next run goes on. */
const SHORTEST_START_MS = 30_000;

export function startDeadlineMs(request: OnboardingRequest, context: RunContext): number {
  const startForMs = Math.max(verifyForMs(request, context), SHORTEST_START_MS);
  return Math.min(context.ports.clock.now() + startForMs, context.budget.startByMs);
}

export function verifyDeadlineMs(request: OnboardingRequest, context: RunContext): number {
  const nowMs = context.ports.clock.now();
  return Math.min(nowMs + verifyForMs(request, context), context.budget.verifyByMs);
}

function verifyForMs(request: OnboardingRequest, { settings }: RunContext): number {
  return request.verifyForMs ?? settings.verifyForMs;
}

/** An account's own event, or else the one that asked for the whole directory. */
function eventByAccount(request: OnboardingRequest | undefined): EventOf {
  const scope = request?.scope;
  const named = (scope?.kind === 'accounts' ? scope.accounts : scope?.joined) ?? [];
  const events = new Map(named.map(({ accountId, event }) => [accountId, event]));
  const event = scope?.kind === 'directory' ? scope.event : undefined;
  return (accountId) => events.get(accountId) ?? event;
}
