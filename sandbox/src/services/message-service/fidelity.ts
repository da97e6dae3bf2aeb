import {
  MODELLED,
  npmPackage,
  type OperationFidelity,
  type OperationsOf,
  page,
  partly,
  type ServiceFidelity,
} from '../../fidelity/fidelity.ts';
import type { createMessageServiceApi } from './message-service-api.ts';
import type { MESSAGE_SERVICE_OPERATIONS } from './queue-calls.ts';

const CLIENT = npmPackage('@alicloud/mns', '1.2.0');

const RECEIVE = page(
  'https://www.alibabacloud.com/help/en/mns/developer-reference/receivemessage',
  '2026-03-11',
);
const ERROR_CODES = page(
  'https://www.alibabacloud.com/help/en/message-service/latest/syntax-of-error-responses',
  '2026-02-27',
);
const QUEUE = partly('delayed messages: there are none');

/** Simple Message Queue, in its own protocol and behind the RPC gateway. */
type Operations = OperationsOf<ReturnType<typeof createMessageServiceApi>> & {
  readonly '2015-06-06': Readonly<
    Record<(typeof MESSAGE_SERVICE_OPERATIONS)[number], OperationFidelity>
  >;
};

/** Simple Message Queue: what there is of it, and who says so. */
export const messageServiceFidelity: ServiceFidelity<Operations> = {
  title: 'Simple Message Queue',
  operations: {
    '2015-06-06': {
      DeleteMessage: MODELLED,
      GetQueueAttributes: QUEUE,
      PeekMessage: MODELLED,
      ReceiveMessage: partly('the limit of simultaneous waits'),
    },
    '2022-01-19': { GetQueueAttributes: QUEUE },
  },
  refusal:
    '`SandboxUnsupportedOperation`, behind the gateway `InvalidAction.NotFound`. Stacks create queues; functions and rules send to them',
  claims: [
    { claim: 'What is sent, its signature, and the form of answers and errors', source: CLIENT },
    {
      claim: 'The fields of 2022-01-19’s answer',
      source: 'inferred',
    },
    {
      claim: 'A queue has to exist before anything is sent to it: `QueueNotExist`',
      source: 'inferred',
    },
    {
      claim: 'An account that never activated it is answered `AccessDenied`, 403',
      source: 'inferred',
    },
    {
      claim:
        'A received message is nobody else’s for `VisibilityTimeout`; `waitseconds`, or `PollingWaitSeconds`, waits for one; `MessageNotExist` when there is none',
      source: RECEIVE,
    },
    { claim: 'The codes and messages of errors', source: ERROR_CODES },
    {
      claim:
        'A handle that was never given out is `ReceiptHandleError`, one whose time is over `MessageNotExist`; the oldest message comes first; a body goes out as it was sent, with the priority 8',
      source: 'inferred',
    },
    {
      claim: 'All other settings of a queue are kept and shown, and nothing acts on them',
      source: 'ours',
    },
  ],
};
