import {
  npmPackage,
  type OperationFidelity,
  type OperationsOf,
  partly,
  type ServiceFidelity,
} from '../../fidelity/fidelity.ts';
import type { createMessageServiceApi } from './message-service-api.ts';
import type { MESSAGE_SERVICE_OPERATIONS } from './message-service-door.ts';

const CLIENT = npmPackage('@alicloud/mns', '1.2.0');

const QUEUE = partly('messages that are inactive or delayed: there are none');

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
    '2015-06-06': { GetQueueAttributes: QUEUE },
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
    { claim: 'Settings of a queue are kept and shown, and nothing acts on them', source: 'ours' },
  ],
};
