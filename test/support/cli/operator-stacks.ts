/** A bare server that answers as Resource Orchestration does, and our adapter in front of it. */
import { onTestFinished } from 'vitest';
import { createStack } from '../../../alicloud/resource-orchestration/stack.ts';
import type { StackEvent } from '../../../alicloud/resource-orchestration/stack-events.ts';
import type { StackPlan } from '../../../alicloud/resource-orchestration/stack-plan.ts';
import type { Stack } from '../../../cli/operator.ts';
import { retryReads } from '../../../cli/retry-reads.ts';
import { credentials } from '../adapters/errors.ts';
import { type Answer, json, type RawServer, startRawServer } from '../adapters/server.ts';

/** Of one operation: the first call gets the first answer, and so on; the last one repeats. */
export type Script = Readonly<Record<string, readonly Answer[]>>;

export interface ScriptedStack {
  readonly server: RawServer;
  readonly stack: Stack;
  readonly events: StackEvent[];
  readonly onEvent: (event: StackEvent) => void;
  /** What was waited, in order. */
  readonly waits: number[];
  /** The operations that were called, in order. */
  readonly operations: () => string[];
  /** The parameters of the nth call of an operation, those in the body too. */
  readonly sent: (operation: string, call?: number) => Readonly<Record<string, string>>;
}

const unscripted: Answer = json({ Code: 'Unscripted', Message: 'Not in the script.' }, 400);

/** It ends with the test. */
export async function startScriptedStack(
  script: Script,
  { callTimeoutMs = 5_000, retries = true } = {},
): Promise<ScriptedStack> {
  const calls = new Map<string, number>();
  const server = await startRawServer((response, request) => {
    const operation = String(request.headers['x-acs-action']);
    const call = calls.get(operation) ?? 0;
    calls.set(operation, call + 1);
    const answers = script[operation] ?? [];
    (answers[Math.min(call, answers.length - 1)] ?? unscripted)(response, request);
  });
  onTestFinished(() => server.close());
  const waits: number[] = [];
  const events: StackEvent[] = [];
  const clock = {
    now: () => 1_795_000_000_000,
    sleep: async (durationMs: number) => {
      waits.push(durationMs);
    },
  };
  const poll = { baseMs: 1, capMs: 8 };
  const stack: Stack = createStack({
    endpoint: server.url,
    region: 'cn-hangzhou',
    credentials,
    stackName: 'onboarding',
    callTimeoutMs,
    poll,
    clock,
    retryReads: retries
      ? retryReads(poll, clock, () => 1)
      : (read) => read({ timeoutMs: callTimeoutMs }),
  });
  return {
    server,
    stack,
    events,
    onEvent: (event) => events.push(event),
    waits,
    operations: () => server.seen.map(({ headers }) => String(headers['x-acs-action'])),
    sent(operation, call = 0) {
      const request = server.seen.filter(({ headers }) => headers['x-acs-action'] === operation)[
        call
      ];
      const query = new URL(request?.target ?? '/', server.url).searchParams;
      return Object.fromEntries([...query, ...new URLSearchParams(request?.body.toString())]);
    },
  };
}

export const STACK_ID = 'c754d2a4-28f1-46df-b557-9586173a0001';
export const CHANGE_SET_ID = '4c11658d-bd47-4dd0-ba64-727edc620001';

export const noStacks = json({ RequestId: 'R', PageNumber: 1, TotalCount: 0, Stacks: [] });

export function stacks(status: string, StatusReason = ''): Answer {
  const Stacks = [{ StackId: STACK_ID, StackName: 'onboarding', Status: status, StatusReason }];
  return json({ RequestId: 'R', PageNumber: 1, TotalCount: 1, Stacks });
}

export function stackIn(Status: string, more: object = {}): Answer {
  return json({ RequestId: 'R', StackId: STACK_ID, StackName: 'onboarding', Status, ...more });
}

export const gone = json({ RequestId: 'R', Code: 'StackNotFound', Message: 'No stack.' }, 404);

/** `status` or `status: reason` of a resource each, the oldest first; the service turns them. */
export function eventsOf(...list: readonly (readonly [string, string, string?])[]): Answer {
  const Events = list
    .map(([LogicalResourceId, Status, StatusReason], index) => ({
      EventId: `event-${index}`,
      CreateTime: `2026-11-20T03:04:${String(index).padStart(2, '0')}`,
      LogicalResourceId,
      ResourceType:
        LogicalResourceId === 'onboarding' ? 'ALIYUN::ROS::Stack' : 'ALIYUN::SLS::Logstore',
      Status,
      StatusReason,
    }))
    .toReversed();
  return json({ RequestId: 'R', PageNumber: 1, TotalCount: Events.length, Events });
}

/** Of a change set: a logstore that would be added. */
export const ADD = {
  Action: 'Add',
  LogicalResourceId: 'Results',
  ResourceType: 'ALIYUN::SLS::Logstore',
  Details: [],
  Scope: [],
};

export const created = json({ RequestId: 'R', ChangeSetId: CHANGE_SET_ID, StackId: STACK_ID });
export const done = json({ RequestId: 'R' });
export const busy = json({ RequestId: 'R', Code: 'ServiceUnavailable', Message: 'Later.' }, 503);

export function changeSet(Status: string, changes: readonly object[] = [], more: object = {}) {
  const Changes = changes.map((ResourceChange) => ({ Type: 'Resource', ResourceChange }));
  return json({ RequestId: 'R', ChangeSetId: CHANGE_SET_ID, Status, Changes, ...more });
}

export const createPlan: StackPlan = {
  kind: 'create',
  changes: [],
  changeSetId: CHANGE_SET_ID,
  stackId: STACK_ID,
};
export const updatePlan: StackPlan = { ...createPlan, kind: 'update' };
