import { type RpcProduct, rpcOperation } from '../../protocols/rpc/operation.ts';
import type { World } from '../../world/world.ts';
import { MESSAGE_SERVICE_ERRORS } from './errors.ts';
import type { MessageService } from './message-service.ts';

/**
 * The same through the API of the console, 2022-01-19, behind the RPC gateway. Source: Mns-open
 * 2022-01-19, "GetQueueAttributes".
 */
export function createMessageServiceApi(world: World, messageService: MessageService) {
  return {
    service: 'message-service',
    hostId: `mns-open.${world.region}.aliyuncs.com`,
    versions: {
      '2022-01-19': {
        GetQueueAttributes: rpcOperation({
          parameters: (read) => ({ queueName: read.required('QueueName') }),
          action: 'mns:GetQueueAttributes',
          resource: ({ accountId }, { queueName }) =>
            `acs:mns:${world.region}:${accountId}:/queues/${queueName}`,
          noPermissionCode: 'AccessDenied',
          handle({ parameters: { queueName } }) {
            const queue = messageService.queue(queueName);
            const { active, inactive } = messageService.count(queueName);
            return {
              Code: 200,
              Success: true,
              Data: {
                QueueName: queueName,
                CreateTime: Math.floor(queue.createdAtMs / 1000),
                LastModifyTime: Math.floor(queue.modifiedAtMs / 1000),
                ...queue.settings,
                ActiveMessages: active,
                InactiveMessages: inactive,
                DelayMessages: 0,
                LoggingEnabled: false,
              },
            };
          },
        }),
      },
    },
    errors: MESSAGE_SERVICE_ERRORS,
    quotas: {},
  } satisfies RpcProduct;
}
