import { type ErrorTable, errorFrom } from '../../../protocols/service-error.ts';
import type { MessageService, QueueSettings } from '../../message-service/message-service.ts';
import type { ValueMap } from '../template/value.ts';
import { optionalNumber, textOf } from './properties.ts';
import type { ResourceType } from './resource-type.ts';

interface MessageQueuePorts {
  readonly messageService: MessageService;
  readonly accountId: string;
  readonly region: string;
}

/** Source: help.aliyun.com, Message Service, CreateQueue. */
const queueErrors: ErrorTable = {
  QueueAlreadyExist: { status: 409, message: 'The queue you want to create is already exist.' },
};

const seconds = (min: number, max: number) => ({ kind: 'integer', min, max }) as const;

const SETTINGS = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'PollingWaitSeconds',
  'VisibilityTimeout',
] as const;

function settingsOf(properties: ValueMap): Partial<QueueSettings> {
  return Object.fromEntries(
    SETTINGS.flatMap((name) => {
      const value = optionalNumber(properties, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** `ALIYUN::MNS::Queue`. The sandbox's queues keep messages for ever, whatever the settings are. */
export function messageQueue({
  messageService,
  accountId,
  region,
}: MessageQueuePorts): ResourceType {
  return {
    name: 'ALIYUN::MNS::Queue',
    properties: {
      kind: 'object',
      members: {
        QueueName: {
          shape: { kind: 'text', pattern: /^[A-Za-z0-9][A-Za-z0-9-]*$/, maxLength: 256 },
          required: true,
        },
        DelaySeconds: { shape: seconds(0, 604_800), updatable: true },
        LoggingEnabled: { shape: { kind: 'boolean', allowed: [false] }, updatable: true },
        MaximumMessageSize: { shape: { kind: 'integer', min: 1024, max: 65_536 }, updatable: true },
        MessageRetentionPeriod: { shape: seconds(60, 604_800), updatable: true },
        PollingWaitSeconds: { shape: seconds(0, 30), updatable: true },
        VisibilityTimeout: { shape: seconds(1, 43_200), updatable: true },
      },
    },
    attributes: ['QueueName', 'QueueUrl'],
    create(properties) {
      const name = textOf(properties, 'QueueName');
      if (messageService.hasQueue(name)) {
        throw errorFrom(queueErrors, 'QueueAlreadyExist');
      }
      messageService.createQueue(name, settingsOf(properties));
      return {
        physicalId: name,
        attributes: {
          QueueName: name,
          QueueUrl: `http://${accountId}.mns.${region}.aliyuncs.com/queues/${name}`,
        },
      };
    },
    update(state, properties) {
      messageService.changeQueue(state.physicalId, settingsOf(properties));
      return state;
    },
    delete: ({ physicalId }) => messageService.deleteQueue(physicalId),
  };
}
