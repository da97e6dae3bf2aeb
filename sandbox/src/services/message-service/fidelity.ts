import {
  npmPackage,
  type OperationFidelity,
  partly,
  type ServiceFidelity,
} from '../../fidelity/fidelity.ts';
import type { MESSAGE_SERVICE_OPERATIONS } from './message-service-door.ts';

const CLIENT = npmPackage('@alicloud/mns', '1.2.0');

/** Simple Message Queue: what there is of it, and who says so. */
export const messageServiceFidelity: ServiceFidelity<{
  readonly '2015-06-06': Readonly<
    Record<(typeof MESSAGE_SERVICE_OPERATIONS)[number], OperationFidelity>
  >;
}> = {
  title: 'Simple Message Queue',
  operations: {
    '2015-06-06': {
      GetQueueAttributes: partly('messages that are inactive or delayed: there are none'),
    },
  },
  refusal: '`SandboxUnsupportedOperation`. Stacks create queues; functions and rules send to them',
  claims: [
    { claim: 'What is sent, its signature, and the form of answers and errors', source: CLIENT },
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
