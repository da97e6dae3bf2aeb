import type { Credentials } from '../../world/identities.ts';
import { splitFunctionName } from './function-arn.ts';
import type { FunctionConfig } from './function-config.ts';

/** The documented `context` of the Node.js runtime, without `logger`: the instance adds that. */
export function invocationContext(options: {
  readonly requestId: string;
  readonly config: FunctionConfig;
  readonly accountId: string;
  readonly region: string;
  readonly credentials: Credentials | undefined;
  /** Retries made before this attempt; only asynchronous requests have any. */
  readonly retryCount: number;
}): Record<string, unknown> {
  const { config } = options;
  const { service, functionName } = splitFunctionName(config.name);
  return {
    requestId: options.requestId,
    credentials: {
      accessKeyId: options.credentials?.accessKeyId ?? '',
      accessKeySecret: options.credentials?.accessKeySecret ?? '',
      securityToken: options.credentials?.securityToken ?? '',
    },
    function: {
      name: functionName,
      handler: config.handler,
      memory: config.memorySizeMb,
      timeout: config.timeoutSeconds,
    },
    service: {
      name: service ?? '',
      logProject: config.logProject ?? '',
      logStore: config.logStore ?? '',
      qualifier: 'LATEST',
      versionId: '',
    },
    region: options.region,
    accountId: options.accountId,
    tracing: { openTracingSpanContext: '', jaegerEndpoint: '', spanBaggages: {} },
    retryCount: options.retryCount,
  };
}
