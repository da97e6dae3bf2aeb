import { type ErrorTable, ServiceError } from '../../protocols/service-error.ts';
import type { World } from '../../world/world.ts';

export interface Message {
  readonly messageId: string;
  readonly body: string;
  /** On the sandbox's clock. */
  readonly sentAtMs: number;
}

/** Queues in process: where failed invocations and undelivered events go. No HTTP. */
export interface MessageService {
  /** Safe to repeat. */
  createQueue(name: string): void;
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

/** Source: MNS, "Error codes". Queues are in process: nothing is answered over HTTP. */
const MESSAGE_SERVICE_ERRORS = {
  QueueNameInvalid: { status: 400, message: 'The queue name you provided is invalid.' },
  QueueNotExist: { status: 404, message: 'The queue name you provided does not exist.' },
} as const satisfies ErrorTable;

const NAME = /^[A-Za-z][A-Za-z0-9-]{0,119}$/;

export function createMessageService(options: { readonly world: World }): MessageService {
  const queues = new Map<string, Message[]>();

  const queue = (name: string): Message[] => {
    const found = queues.get(name);
    if (found === undefined) {
      throw messageServiceError('QueueNotExist', `The queue '${name}' does not exist.`);
    }
    return found;
  };

  return {
    createQueue: (name) => {
      if (!NAME.test(name)) {
        throw messageServiceError('QueueNameInvalid', `'${name}' is not a queue name.`);
      }
      if (!queues.has(name)) queues.set(name, []);
    },
    hasQueue: (name) => queues.has(name),
    deleteQueue: (name) => {
      queues.delete(name);
    },
    send: (name, body) => {
      const message: Message = {
        messageId: options.world.newRequestId(),
        body,
        sentAtMs: options.world.clock.now(),
      };
      queue(name).push(message);
      return message;
    },
    messages: (name) => [...queue(name)],
    queues: () => [...queues].map(([name, messages]) => ({ name, messages: [...messages] })),
  };
}

function messageServiceError(
  code: keyof typeof MESSAGE_SERVICE_ERRORS,
  message: string,
): ServiceError {
  return new ServiceError(code, MESSAGE_SERVICE_ERRORS[code].status, message);
}
