import type { Credentials } from '../../world/identities.ts';
import { splitFunctionName } from './function-arn.ts';
import type { FunctionConfig } from './function-config.ts';

/**
 * All that an instance's process sees of its environment: the function's own variables and those
 * that Function Compute documents ("Configure environment variables"), nothing of the sandbox's.
 */
export function instanceEnvironment(options: {
  readonly config: FunctionConfig;
  /** Of every function of the sandbox. */
  readonly given: Readonly<Record<string, string>>;
  readonly codeDir: string;
  readonly tempDir: string;
  readonly instanceId: string;
  readonly accountId: string;
  readonly region: string;
  readonly credentials: Credentials | undefined;
}): Record<string, string> {
  const { config, credentials } = options;
  const { service, functionName } = splitFunctionName(config.name);
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: '/tmp',
    // An instance of its own in the cloud has a /tmp of its own.
    TMPDIR: options.tempDir,
    ...config.environment,
    ...options.given,
    FC_FUNC_CODE_PATH: options.codeDir,
    FC_ACCOUNT_ID: options.accountId,
    FC_FUNCTION_HANDLER: config.handler,
    FC_FUNCTION_MEMORY_SIZE: String(config.memorySizeMb),
    FC_FUNCTION_NAME: functionName,
    FC_FUNCTION_VERSION: 'LATEST',
    FC_INSTANCE_ID: options.instanceId,
    FC_REGION: options.region,
    ...(service === undefined ? {} : { FC_SERVICE_NAME: service, FC_QUALIFIER: 'LATEST' }),
    ...(credentials === undefined
      ? {}
      : {
          ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret,
          ...(credentials.securityToken === undefined
            ? {}
            : { ALIBABA_CLOUD_SECURITY_TOKEN: credentials.securityToken }),
        }),
  };
}
