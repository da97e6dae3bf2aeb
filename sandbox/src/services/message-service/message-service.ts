import type { World } from '../../world/world.ts';
import { messageServiceError } from './errors.ts';

export interface Message {
  readonly messageId: string;
  readonly body: string;
  /** On the sandbox's clock. */
  readonly sentAtMs: number;
}

/** A message as one consumer has it: nobody else gets it until `nextVisibleAtMs`. */
export interface ReceivedMessage extends Message {
  readonly receiptHandle: string;
  readonly nextVisibleAtMs: number;
  readonly firstDequeuedAtMs: number;
  /** From 1. */
  readonly dequeueCount: number;
}

type Receipt = Omit<ReceivedMessage, keyof Message>;

/** `PollingWaitSeconds` and `VisibilityTimeout` act on receiving; the others are kept and shown. */
export interface QueueSettings {
  readonly DelaySeconds: number;
  readonly MaximumMessageSize: number;
  readonly MessageRetentionPeriod: number;
  readonly PollingWaitSeconds: number;
  readonly VisibilityTimeout: number;
}

interface Queue {
  readonly name: string;
  /** Oldest first. */
  readonly messages: Message[];
  /** Of messages that were received, by their ids. */
  readonly receipts: Map<string, Receipt>;
  readonly createdAtMs: number;
  readonly settings: QueueSettings;
  readonly modifiedAtMs: number;
}

/** Queues: where failed invocations and undelivered events go. */
export interface MessageService {
  /** What is not given is as documented. Of one that there is, nothing changes: safe to repeat. */
  createQueue(name: string, settings?: Partial<QueueSettings>): void;
  /** Throws `QueueNotExist`. What is not given is as documented. */
  changeQueue(name: string, settings: Partial<QueueSettings>): void;
  /** Throws `QueueNotExist`. */
  queue(name: string): Readonly<Queue>;
  hasQueue(name: string): boolean;
  /** With its messages. Safe to repeat. */
  deleteQueue(name: string): void;
  /** Throws `QueueNotExist`. */
  send(queue: string, body: string): Message;
  /**
   * The oldest message that nobody has, for the queue's `VisibilityTimeout`; waits for one up to
   * `waitMs` on the sandbox's clock. Rejects with `QueueNotExist`.
   */
  receive(queue: string, waitMs: number): Promise<ReceivedMessage | undefined>;
  /** The same message, which stays where it is. Throws `QueueNotExist`. */
  peek(queue: string): (Message & Partial<ReceivedMessage>) | undefined;
  /** Of a received message. Throws `QueueNotExist`, `ReceiptHandleError`, `MessageNotExist`. */
  deleteMessage(queue: string, receiptHandle: string): void;
  /** How many messages there are, and how many of them somebody has. Throws `QueueNotExist`. */
  count(queue: string): { readonly active: number; readonly inactive: number };
  /** Oldest first, received ones too; reading takes nothing away. Throws `QueueNotExist`. */
  messages(queue: string): readonly Message[];
  /** In the order they were created. */
  queues(): readonly { readonly name: string; readonly messages: readonly Message[] }[];
}

const NAME = /^[A-Za-z][A-Za-z0-9-]{0,119}$/;

/** Source: MNS, CreateQueue. */
const DEFAULT_SETTINGS: QueueSettings = {
  DelaySeconds: 0,
  MaximumMessageSize: 65_536,
  MessageRetentionPeriod: 345_600,
  PollingWaitSeconds: 0,
  VisibilityTimeout: 30,
};

export function createMessageService(options: { readonly world: World }): MessageService {
  const { clock } = options.world;
  const queues = new Map<string, Queue>();
  /** Who waits for a message. */
  const waiting = new Set<() => void>();

  const queue = (name: string): Queue => {
    const found = queues.get(name);
    if (found !== undefined) return found;
    throw messageServiceError('QueueNotExist', `The queue '${name}' does not exist.`);
  };

  const isHeld = (receipt: Receipt | undefined) =>
    receipt !== undefined && receipt.nextVisibleAtMs > clock.now();

  const oldestActive = ({ messages, receipts }: Queue): Message | undefined =>
    messages.find(({ messageId }) => !isHeld(receipts.get(messageId)));

  const take = (from: Queue): ReceivedMessage | undefined => {
    const message = oldestActive(from);
    if (message === undefined) return undefined;
    const { messageId } = message;
    const before = from.receipts.get(messageId);
    const nowMs = clock.now();
    const receipt: Receipt = {
      receiptHandle: options.world.newRequestId(),
      nextVisibleAtMs: nowMs + from.settings.VisibilityTimeout * 1000,
      firstDequeuedAtMs: before?.firstDequeuedAtMs ?? nowMs,
      dequeueCount: (before?.dequeueCount ?? 0) + 1,
    };
    from.receipts.set(messageId, receipt);
    return { ...message, ...receipt };
  };

  const wakeAll = () => {
    for (const wake of [...waiting]) wake();
  };

  /** Resolves when something was sent, when a message becomes active again, or when it is time. */
  const nextChange = ({ receipts }: Queue, untilMs: number): Promise<void> =>
    new Promise((resolve) => {
      const held = [...receipts.values()].filter(isHeld);
      const dueMs = Math.min(untilMs, ...held.map(({ nextVisibleAtMs }) => nextVisibleAtMs));
      const wake = () => {
        cancel();
        waiting.delete(wake);
        resolve();
      };
      const cancel = clock.at(dueMs, wake);
      waiting.add(wake);
    });

  return {
    createQueue: (name, settings = {}) => {
      if (!NAME.test(name)) {
        throw messageServiceError('QueueNameInvalid', `'${name}' is not a queue name.`);
      }
      if (queues.has(name)) return;
      const nowMs = clock.now();
      queues.set(name, {
        name,
        messages: [],
        receipts: new Map(),
        createdAtMs: nowMs,
        modifiedAtMs: nowMs,
        settings: { ...DEFAULT_SETTINGS, ...settings },
      });
    },
    changeQueue: (name, settings) => {
      queues.set(name, {
        ...queue(name),
        modifiedAtMs: clock.now(),
        settings: { ...DEFAULT_SETTINGS, ...settings },
      });
    },
    queue,
    hasQueue: (name) => queues.has(name),
    deleteQueue: (name) => {
      queues.delete(name);
      wakeAll();
    },
    send: (name, body) => {
      const message: Message = {
        messageId: options.world.newRequestId(),
        body,
        sentAtMs: clock.now(),
      };
      queue(name).messages.push(message);
      wakeAll();
      return message;
    },
    async receive(name, waitMs) {
      const untilMs = clock.now() + waitMs;
      for (;;) {
        const found = take(queue(name));
        if (found !== undefined || clock.now() >= untilMs) return found;
        await nextChange(queue(name), untilMs);
      }
    },
    peek: (name) => {
      const found = queue(name);
      const message = oldestActive(found);
      return message && { ...message, ...found.receipts.get(message.messageId) };
    },
    deleteMessage: (name, receiptHandle) => {
      const { messages, receipts } = queue(name);
      const messageId = [...receipts].find(([, each]) => each.receiptHandle === receiptHandle)?.[0];
      if (messageId === undefined) throw messageServiceError('ReceiptHandleError');
      if (!isHeld(receipts.get(messageId))) throw messageServiceError('MessageNotExist');
      receipts.delete(messageId);
      const index = messages.findIndex((each) => each.messageId === messageId);
      messages.splice(index, 1);
    },
    count: (name) => {
      const { messages, receipts } = queue(name);
      const inactive = [...receipts.values()].filter(isHeld).length;
      return { active: messages.length - inactive, inactive };
    },
    messages: (name) => [...queue(name).messages],
    queues: () =>
      [...queues.values()].map(({ name, messages }) => ({ name, messages: [...messages] })),
  };
}
