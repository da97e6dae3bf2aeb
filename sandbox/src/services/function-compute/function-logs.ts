import { ServiceError } from '../../protocols/service-error.ts';
import type { World } from '../../world/world.ts';
import type { LogService } from '../log-service/index.ts';
import type { LogLine } from './deployed-function.ts';
import { functionComputeError } from './errors.ts';
import type { FunctionConfig } from './function-config.ts';

/** Log Service, as far as `logConfig` needs it. */
export type LogStores = Pick<LogService, 'append' | 'settingsOf'>;

export interface FunctionLogs {
  /** Throws `InvalidArgument` where `logConfig` names a logstore that there isn't. */
  assertWritable(config: FunctionConfig): void;
  /**
   * Writes a line in the fields of the real service, as the function's role. Never throws: a line
   * whose logstore has gone, or that the role may not write, is lost.
   */
  write(config: FunctionConfig, line: LogLine): void;
}

/** Source: FC, "Print function logs" (help.aliyun.com/en/functioncompute/fc/print-function-logs). */
export function createFunctionLogs(options: {
  readonly world: World;
  readonly accountId: string;
  readonly logService: LogStores;
}): FunctionLogs {
  const { world, accountId, logService } = options;

  return {
    assertWritable: ({ logProject, logStore }) => {
      if (logProject === undefined || logStore === undefined) return;
      try {
        logService.settingsOf(logProject, logStore);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        throw functionComputeError('InvalidArgument', `logConfig: ${error.message}`);
      }
    },
    write: (config, { functionName, requestId, instanceId, line, atMs }) => {
      const { logProject, logStore, roleArn } = config;
      if (logProject === undefined || logStore === undefined || roleArn === undefined) return;
      const resource = `acs:log:${world.region}:${accountId}:project/${logProject}/logstore/${logStore}`;
      if (!world.identities.role(roleArn)?.allows('log:PostLogStoreLogs', resource)) return;
      const contents = { functionName, requestId, instanceID: instanceId, message: line };
      const entry = {
        timeS: Math.floor(atMs / 1000),
        source: '',
        topic: `FCLogs:${functionName}`,
        contents,
      };
      try {
        logService.append(logProject, logStore, [entry]);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
      }
    },
  };
}
