import { randomUUID } from 'node:crypto';
import type { Ports } from '../workflows/onboarding/ports.ts';
import { systemClock } from './clock.ts';
import { createAccountGroup } from './config/account-group.ts';
import { createRecorder } from './config/recorder.ts';
import type { CredentialSource, Credentials } from './credentials.ts';
import { createLogClient } from './log-service/client.ts';
import { createResultHistory } from './log-service/result-history.ts';
import { createResultLog } from './log-service/result-log.ts';
import { createResultQuery } from './log-service/result-query.ts';
import { createRpcClient } from './rpc-client.ts';
import type { Settings } from './settings.ts';

/**
 * The workflow's ports over the real services: the one place where they are constructed. Made
 * anew for every invocation, since temporary credentials end and sockets don't survive a frozen
 * instance.
 */
export function connect(settings: Settings, credentials: Credentials | CredentialSource): Ports {
  let apiCalls = 0;
  const countCall = () => {
    apiCalls += 1;
  };
  const config = createRpcClient({ endpoint: settings.configEndpoint, credentials, countCall });
  const logClient = createLogClient({
    endpoint: settings.logEndpoint,
    project: settings.logProject,
    credentials,
    now: systemClock.now,
  });

  return {
    recorder: createRecorder(config),
    accountGroup: createAccountGroup(
      config,
      settings.accountGroupId === undefined ? {} : { groupId: settings.accountGroupId },
    ),
    directory: async () => {
      const { createDirectory } = await import('./resource-manager/directory.ts');
      return createDirectory({
        endpoint: settings.resourceManagerEndpoint,
        credentials,
        countCall,
      });
    },
    resultLog: createResultLog({ client: logClient, logstore: settings.logStore }),
    resultHistory: createResultHistory(
      createResultQuery({ client: logClient, logstore: settings.logStore }),
    ),
    clock: systemClock,
    random: Math.random,
    newRunId: randomUUID,
    apiCalls: () => apiCalls,
    printLine: (line) => process.stdout.write(`${line}\n`),
  };
}
