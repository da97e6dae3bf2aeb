import { seededRandom } from '../../world/random.ts';
import type { World } from '../../world/world.ts';
import type { AccessStore } from '../access-management/access-store.ts';
import {
  SERVICE_LINKED_ROLES,
  type ServiceLinkedRoleKind,
} from '../access-management/service-linked-roles.ts';
import type { MessageService } from '../message-service/message-service.ts';
import { queueOfArn } from '../message-service/queue-arn.ts';
import { type CloudEvent, eventNameOf } from './cloud-event.ts';
import { createDelivery, type Delivery } from './delivery-options.ts';
import { eventBridgeError } from './errors.ts';
import { compilePattern, type EventTest, parsePattern } from './pattern.ts';
import { type PushRetryStrategy, RETRY_SCHEDULES } from './retry-schedule.ts';

export interface EventTarget {
  /** Of a rule with several. */
  readonly id?: string;
  /** Takes one event. When it throws or rejects, the event is pushed again later. */
  readonly push: (event: CloudEvent) => Promise<void> | void;
  /** Default `BACKOFF_RETRY`. */
  readonly retryStrategy?: PushRetryStrategy;
  /** `acs:mns:{region}:{account}:/queues/{name}`; without it what can't be pushed is lost. */
  readonly deadLetterQueueArn?: string;
}

export interface EventRule {
  readonly name: string;
  /** As an object, or as the JSON text that a trigger carries. */
  readonly pattern: unknown;
  /** Default true. A disabled one counts, and matches nothing. */
  readonly isEnabled?: boolean;
  readonly targets: readonly EventTarget[];
}

/** One step on an event's way to a target, for tests and people to read. */
export interface DeliveryEntry {
  readonly atMs: number;
  /** Empty for an event that never came to the bus. */
  readonly ruleName: string;
  readonly eventId: string;
  readonly eventName: string | undefined;
  readonly status:
    | 'delivered'
    | 'push-failed'
    | 'dead-lettered'
    /** There is no dead-letter queue, or it takes nothing: the event is lost. */
    | 'given-up'
    | 'dropped';
  /** From 1; 0 for an event that was dropped. */
  readonly attempt: number;
  readonly reason?: string;
}

/** The default bus. */
export interface EventBus {
  /** Matches now; delivers by itself. */
  publish(event: CloudEvent): void;
  /** Throws a `ServiceError` for an 11th rule, a name in use, a pattern it doesn't know. */
  addRule(rule: EventRule): void;
  /** Takes the place of the rule of this name. Throws as `addRule` does. */
  replaceRule(rule: EventRule): void;
  /** What is on its way still arrives. Safe to repeat. */
  removeRule(name: string): void;
  readonly delivery: Delivery;
  deliveries(): readonly DeliveryEntry[];
  /** Resolves when nothing is on its way or waits for a retry. */
  idle(): Promise<void>;
}

const RULE_QUOTA = 10;

export function createEventBus(options: {
  readonly world: World;
  readonly accountId: string;
  readonly region: string;
  readonly messageService: MessageService;
  /** Which service-linked roles there are. Default: all. */
  readonly access?: Pick<AccessStore, 'hasServiceLinkedRole'>;
  /** Names of the events that there can be, for the rules of delivery. Default: any. */
  readonly eventNames?: readonly string[];
}): EventBus {
  const { world, messageService } = options;
  const rules = new Map<string, { readonly rule: EventRule; readonly test: EventTest }>();
  const delivery = createDelivery(options.eventNames);
  const entries: DeliveryEntry[] = [];
  const random = seededRandom(1);
  const problemOfRole = (kind: ServiceLinkedRoleKind): string | undefined =>
    options.access?.hasServiceLinkedRole(kind) === false
      ? `the account has no ${kind.roleName}`
      : undefined;
  let underway = 0;
  let idleWaiters: (() => void)[] = [];

  const settle = () => {
    underway -= 1;
    if (underway > 0) return;
    for (const resolve of idleWaiters) resolve();
    idleWaiters = [];
  };

  const note = (
    rule: EventRule,
    event: CloudEvent,
    step: Pick<DeliveryEntry, 'status' | 'attempt' | 'reason'>,
  ) =>
    entries.push({
      atMs: world.clock.now(),
      ruleName: rule.name,
      eventId: event.id,
      eventName: eventNameOf(event),
      ...step,
    });

  const push = async (
    rule: EventRule,
    target: EventTarget,
    event: CloudEvent,
    attempt: number,
  ): Promise<void> => {
    try {
      await target.push(event);
      note(rule, event, { status: 'delivered', attempt });
      settle();
    } catch (thrown) {
      note(rule, event, { status: 'push-failed', attempt, reason: reasonOf(thrown) });
      const schedule = RETRY_SCHEDULES[target.retryStrategy ?? 'BACKOFF_RETRY'];
      if (attempt > schedule.retries) giveUp(rule, target, event, attempt);
      else {
        after(schedule.delayMs(attempt, random), () => void push(rule, target, event, attempt + 1));
      }
    }
  };

  const giveUp = (rule: EventRule, target: EventTarget, event: CloudEvent, attempt: number) => {
    note(rule, event, { ...deadLetter(target, event), attempt });
    settle();
  };

  const deadLetter = (
    target: EventTarget,
    event: CloudEvent,
  ): Pick<DeliveryEntry, 'status' | 'reason'> => {
    const queue = deadLetterQueueOf(target);
    if (queue === undefined) return { status: 'given-up' };
    const reason = problemOfRole(SERVICE_LINKED_ROLES.sendToQueues);
    if (reason !== undefined) return { status: 'given-up', reason };
    try {
      messageService.send(queue, JSON.stringify(event));
      return { status: 'dead-lettered' };
    } catch (thrown) {
      return { status: 'given-up', reason: reasonOf(thrown) };
    }
  };

  const after = (delayMs: number, callback: () => void) => {
    if (delayMs <= 0) callback();
    else world.clock.at(world.clock.now() + delayMs, callback);
  };

  const deadLetterQueueOf = ({ deadLetterQueueArn: arn }: EventTarget): string | undefined =>
    arn === undefined ? undefined : queueOfArn(arn, 'dead-letter', options);

  const compile = (rule: EventRule) => {
    for (const target of rule.targets) {
      const { deadLetterQueueArn: arn } = target;
      const queue = deadLetterQueueOf(target);
      if (arn !== undefined && (queue === undefined || !messageService.hasQueue(queue))) {
        throw eventBridgeError(
          'EventTargetIneffectiveAttribute',
          `The dead-letter queue ${arn} does not exist.`,
        );
      }
    }
    return { rule, test: compilePattern(parsePattern(rule.pattern)) };
  };

  return {
    delivery,
    publish: (event) => {
      const problem =
        world.activation.refusal('event-bridge')?.message ??
        (isAuditEvent(event) && problemOfRole(SERVICE_LINKED_ROLES.actionTrailEvents));
      if (problem) {
        const nowhere = { name: '', pattern: {}, targets: [] };
        note(nowhere, event, { status: 'dropped', attempt: 0, reason: problem });
        return;
      }
      for (const { rule, test } of [...rules.values()]) {
        if (rule.isEnabled === false || !test(event)) continue;
        for (const target of rule.targets) {
          const delays = delivery.plan(eventNameOf(event));
          if (delays.length === 0) note(rule, event, { status: 'dropped', attempt: 0 });
          for (const delayMs of delays) {
            underway += 1;
            after(delayMs, () => void push(rule, target, event, 1));
          }
        }
      }
    },
    addRule: (rule) => {
      if (rules.has(rule.name)) {
        throw eventBridgeError('EventRuleExisted', `The rule '${rule.name}' already exists.`);
      }
      if (rules.size >= RULE_QUOTA) throw eventBridgeError('EventRuleCountExceedLimit');
      rules.set(rule.name, compile(rule));
    },
    replaceRule: (rule) => {
      if (!rules.has(rule.name)) throw eventBridgeError('EventRuleNotExisted');
      rules.set(rule.name, compile(rule));
    },
    removeRule: (name) => void rules.delete(name),
    deliveries: () => [...entries],
    idle: () =>
      underway === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve)),
  };
}

/** What ActionTrail puts on the bus: `{product}:ActionTrail:ApiCall` and its like. */
function isAuditEvent({ type }: CloudEvent): boolean {
  return type.includes(':ActionTrail:');
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
