/**
 * For the types without an official validator: their properties, closed. Source: help.aliyun.com,
 * ROS, the pages "ALIYUN::MNS::Queue" and "ALIYUN::FNF::Flow".
 */
export const DOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  'ALIYUN::FNF::Flow': [
    'Definition',
    'Description',
    'ExecutionMode',
    'ExternalStorageLocation',
    'Name',
    'RequestId',
    'RoleArn',
  ],
  'ALIYUN::MNS::Queue': [
    'DelaySeconds',
    'LoggingEnabled',
    'MaximumMessageSize',
    'MessageRetentionPeriod',
    'PollingWaitSeconds',
    'QueueName',
    'VisibilityTimeout',
  ],
};

export function unknownProperties(type: string, properties: object): string[] {
  return Object.keys(properties).filter((name) => !DOCUMENTED[type]?.includes(name));
}
