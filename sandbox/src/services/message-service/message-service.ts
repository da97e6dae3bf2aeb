import { type ErrorTable, ServiceError } from '../../protocols/service-error.ts';
import type { World } from '../../world/world.ts';

export interface Message {
  readonly messageId: string;
  readonly body: string;
  /** On the sandbox's clock. */
  readonly sentAtMs: number;
}

/** A queue's settings. Nothing here acts on them: they are kept and shown. */
export interface QueueSettings {
  readonly DelaySeconds: number;
  readonly MaximumMessageSize: number;
  readonly MessageRetentionPeriod: number;
  readonly PollingWaitSeconds: number;
  readonly VisibilityTimeout: number;
}

interface Queue {
  readonly name: string;
  readonly messages: Message[];
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
  /** Oldest first; reading takes nothing away. Throws `QueueNotExist`. */
  messages(queue: string): readonly Message[];
  /** In the order they were created. */
  queues(): readonly { readonly name: string; readonly messages: readonly Message[] }[];
}

/** Source: MNS, "Error codes". `SandboxUnsupportedOperation` is ours. */
export const MESSAGE_SERVICE_ERRORS = {
  AccessDenied: {
    status: 403,
    message: 'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
  },
  AccessIDAuthError: {
    status: 403,
    message: 'AccessID authentication fails, please check your AccessID and retry.',
  },
  InternalError: { status: 500, message: 'Internal error.' },
  InvalidAuthorizationHeader: {
    status: 400,
    message: 'The Authorization header format is invalid.',
  },
  QueueNameInvalid: { status: 400, message: 'The queue name you provided is invalid.' },
  QueueNotExist: { status: 404, message: 'The queue name you provided does not exist.' },
  SandboxUnsupportedOperation: {
    status: 400,
    message: 'The sandbox models GetQueueAttributes only.',
  },
  SignatureDoesNotMatch: {
    status: 403,
    message: 'The request signature we calculated does not match the signature you provided.',
  },
  TimeExpired: { status: 408, message: 'The http request you sent is expired.' },
} as const satisfies ErrorTable;

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

  const queue = (name: string): Queue => {
    const found = queues.get(name);
    if (found !== undefined) return found;
    throw messageServiceError('QueueNotExist', `The queue '${name}' does not exist.`);
  };

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
    },
    send: (name, body) => {
      const message: Message = {
        messageId: options.world.newRequestId(),
        body,
        sentAtMs: clock.now(),
      };
      queue(name).messages.push(message);
      return message;
    },
    messages: (name) => [...queue(name).messages],
    queues: () =>
      [...queues.values()].map(({ name, messages }) => ({ name, messages: [...messages] })),
  };
}

export function messageServiceError(
  code: keyof typeof MESSAGE_SERVICE_ERRORS,
  message: string = MESSAGE_SERVICE_ERRORS[code].message,
): ServiceError {
  return new ServiceError(code, MESSAGE_SERVICE_ERRORS[code].status, message);
}
