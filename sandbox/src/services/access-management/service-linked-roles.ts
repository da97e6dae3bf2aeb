/** A role that a service has in the account, once it was asked for. */
export interface ServiceLinkedRoleKind {
  /** For example `sendevent-fc.eventbridge.aliyuncs.com`. */
  readonly serviceName: string;
  readonly roleName: string;
}

/**
 * Those that this sandbox knows. Source: EventBridge, "Service-linked roles"; Cloud Config,
 * "Service-linked role".
 */
export const SERVICE_LINKED_ROLES = {
  actionTrailEvents: {
    serviceName: 'source-actiontrail.eventbridge.aliyuncs.com',
    roleName: 'AliyunServiceRoleForEventBridgeSourceActionTrail',
  },
  sendToFunctions: {
    serviceName: 'sendevent-fc.eventbridge.aliyuncs.com',
    roleName: 'AliyunServiceRoleForEventBridgeSendToFC',
  },
  sendToQueues: {
    serviceName: 'sendevent-mns.eventbridge.aliyuncs.com',
    roleName: 'AliyunServiceRoleForEventBridgeSendToMNS',
  },
  config: { serviceName: 'config.aliyuncs.com', roleName: 'AliyunServiceRoleForConfig' },
} as const satisfies Record<string, ServiceLinkedRoleKind>;

/** Services whose roles the console creates when somebody first uses EventBridge. */
export const EVENT_BRIDGE_ROLES: readonly string[] = [
  SERVICE_LINKED_ROLES.actionTrailEvents.serviceName,
  SERVICE_LINKED_ROLES.sendToFunctions.serviceName,
  SERVICE_LINKED_ROLES.sendToQueues.serviceName,
];

export function serviceLinkedRoleOf(serviceName: string): ServiceLinkedRoleKind | undefined {
  return Object.values(SERVICE_LINKED_ROLES).find((kind) => kind.serviceName === serviceName);
}
