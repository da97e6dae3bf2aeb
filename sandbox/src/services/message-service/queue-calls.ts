import { createHash } from 'node:crypto';
import type { HttpRequest } from '../../server/http-service.ts';
import { messageServiceError } from './errors.ts';
import type { MessageService, ReceivedMessage } from './message-service.ts';

/** What faults may name. */
export const MESSAGE_SERVICE_OPERATIONS = [
  'DeleteMessage',
  'GetQueueAttributes',
  'PeekMessage',
  'ReceiveMessage',
] as const;

type Operation = (typeof MESSAGE_SERVICE_OPERATIONS)[number];

/** The members of an XML element. */
export type Members = Readonly<Record<string, string | number>>;

export interface QueueCall {
  /** That it is one of these is for whoever handles it to see. */
  readonly operation: string;
  readonly queue: string;
  /** What RAM is asked about, below the account. */
  readonly path: string;
}

/** In an answer: what an element is called, and what is in it; nothing for an answer without a body. */
export interface QueueAnswer {
  readonly status: number;
  readonly element?: readonly [name: string, members: Members];
}

const LONGEST_WAIT_SECONDS = 30;
/** Of a message that was sent without one. */
const PRIORITY = 8;

/** Which call a request is. Those of several messages are named, and refused like any other. */
export function queueCallOf({ method, path, query }: HttpRequest): QueueCall {
  const [, name = '', tail = ''] = /^\/queues\/([^/]+)(\/messages)?$/.exec(path) ?? [];
  const call = { queue: decodeName(name), path: `/queues/${decodeName(name)}${tail}` };
  if (name !== '' && method === 'GET' && tail === '') {
    return { ...call, operation: 'GetQueueAttributes' };
  }
  if (tail !== '' && method === 'GET' && !query.has('numOfMessages')) {
    const operation = query.get('peekonly') === 'true' ? 'PeekMessage' : 'ReceiveMessage';
    return { ...call, operation };
  }
  if (tail !== '' && method === 'DELETE' && query.has('ReceiptHandle')) {
    return { ...call, operation: 'DeleteMessage' };
  }
  return { ...call, operation: `${method} ${path}` };
}

/** Never throws: a name that can't be decoded is one that no queue has. */
function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

export function isQueueOperation(operation: string): operation is Operation {
  return MESSAGE_SERVICE_OPERATIONS.some((each) => each === operation);
}

/** Source: Simple Message Queue's pages of the operations. */
export async function answerQueueCall(
  service: MessageService,
  operation: Operation,
  queue: string,
  query: URLSearchParams,
): Promise<QueueAnswer> {
  switch (operation) {
    case 'GetQueueAttributes':
      refuseOthers(query, []);
      return { status: 200, element: ['Queue', attributesOf(service, queue)] };
    case 'PeekMessage': {
      refuseOthers(query, ['peekonly']);
      const message = service.peek(queue);
      if (message === undefined) throw messageServiceError('MessageNotExist');
      return { status: 200, element: ['Message', peeked(message)] };
    }
    case 'ReceiveMessage': {
      refuseOthers(query, ['waitseconds']);
      const message = await service.receive(queue, waitSeconds(service, queue, query) * 1000);
      if (message === undefined) throw messageServiceError('MessageNotExist');
      return { status: 200, element: ['Message', received(message)] };
    }
    case 'DeleteMessage':
      refuseOthers(query, ['ReceiptHandle']);
      service.deleteMessage(queue, query.get('ReceiptHandle') ?? '');
      return { status: 204 };
  }
}

function attributesOf(service: MessageService, name: string): Members {
  const queue = service.queue(name);
  const { active, inactive } = service.count(name);
  return {
    QueueName: name,
    CreateTime: Math.floor(queue.createdAtMs / 1000),
    LastModifyTime: Math.floor(queue.modifiedAtMs / 1000),
    ...queue.settings,
    ActiveMessages: active,
    InactiveMessages: inactive,
    DelayMessages: 0,
    LoggingEnabled: 'false',
  };
}

function received(message: ReceivedMessage): Members {
  return {
    ...peeked(message),
    ReceiptHandle: message.receiptHandle,
    NextVisibleTime: Math.floor(message.nextVisibleAtMs),
  };
}

function peeked(message: NonNullable<ReturnType<MessageService['peek']>>): Members {
  return {
    MessageId: message.messageId,
    MessageBody: message.body,
    MessageBodyMD5: createHash('md5').update(message.body).digest('hex').toUpperCase(),
    EnqueueTime: Math.floor(message.sentAtMs),
    FirstDequeueTime: Math.floor(message.firstDequeuedAtMs ?? message.sentAtMs),
    DequeueCount: message.dequeueCount ?? 0,
    Priority: PRIORITY,
  };
}

function waitSeconds(service: MessageService, queue: string, query: URLSearchParams): number {
  const given = query.get('waitseconds');
  if (given === null) return service.queue(queue).settings.PollingWaitSeconds;
  const seconds = Number(given);
  if (!/^\d+$/.test(given) || seconds > LONGEST_WAIT_SECONDS) {
    throw messageServiceError(
      'InvalidArgument',
      `The value of waitseconds must be between 0 and ${LONGEST_WAIT_SECONDS} seconds.`,
    );
  }
  return seconds;
}

function refuseOthers(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (known.includes(name)) continue;
    throw messageServiceError(
      'InvalidQueryString',
      `Http request URL contains invalid querystring item "${name}".`,
    );
  }
}
