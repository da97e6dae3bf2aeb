import type { ServiceName } from './names.ts';

/**
 * Where each service is in the cloud. `{account}` is the management account; a region may carry the
 * ending of a private network. Sources: the endpoints in the official SDKs, and for EventBridge, OSS,
 * Log Service and Simple Message Queue the pages of their regions and endpoints.
 */
const HOSTS: Readonly<Record<ServiceName, readonly string[]>> = {
  'access-management': ['ram.aliyuncs.com'],
  'cloud-flow': ['{region}.fnf.aliyuncs.com', 'fnf.{region}.aliyuncs.com'],
  config: ['config.cn-shanghai.aliyuncs.com', 'config.ap-southeast-1.aliyuncs.com'],
  'event-bridge': [
    '{account}.eventbridge.{region}.aliyuncs.com',
    'eventbridge.{region}.aliyuncs.com',
    'eventbridge-console.{region}.aliyuncs.com',
  ],
  'function-compute': ['{account}.{region}.fc.aliyuncs.com', 'fcv3.{region}.aliyuncs.com'],
  'log-service': ['{region}.log.aliyuncs.com', '{name}.{region}.log.aliyuncs.com'],
  'message-service': ['{account}.mns.{region}.aliyuncs.com', 'mns-open.{region}.aliyuncs.com'],
  'object-storage': ['{name}.oss-{region}.aliyuncs.com', '{name}.oss-accelerate.aliyuncs.com'],
  'resource-manager': ['resourcemanager.aliyuncs.com'],
  'resource-orchestration': ['ros.aliyuncs.com', 'ros.{region}.aliyuncs.com'],
};

const PRIVATE_NETWORK = '(?:-(?:intranet|internal|internal-vpc|share|vpc))?';

/** Which of the services has a name in the cloud: in lower case, without a port. `undefined`: none. */
export function createServiceHosts(given: {
  readonly region: string;
  readonly accountId: string;
  readonly services: readonly ServiceName[];
}): (name: string) => ServiceName | undefined {
  const parts: Readonly<Record<string, string>> = {
    account: given.accountId,
    name: '[a-z0-9][a-z0-9-]*',
    region: `${given.region}${PRIVATE_NETWORK}`,
  };
  const patterns = given.services.flatMap((service) =>
    HOSTS[service].map((host) => {
      const text = host
        .replaceAll('.', String.raw`\.`)
        .replace(/\{(\w+)\}/g, (_, part) => parts[part] ?? '');
      return { service, pattern: new RegExp(`^${text}$`) };
    }),
  );
  return (name) => patterns.find(({ pattern }) => pattern.test(name))?.service;
}
