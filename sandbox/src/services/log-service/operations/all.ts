import type { HttpAnswer, HttpRequest } from '../../../server/http-service.ts';
import type { SandboxClock } from '../../../world/clock.ts';
import type { Caller } from '../../../world/identities.ts';
import { logError } from '../errors.ts';
import { refuseOtherHeaders } from '../headers.ts';
import { projectOfHost } from '../host.ts';
import type {
  AccountOperationName,
  LogstoreOperationName,
  ProjectOperationName,
  Route,
} from '../routes.ts';
import type { Logstore, Store } from '../store.ts';
import { getHistograms } from './get-histograms.ts';
import { getLogs } from './get-logs.ts';
import { getLogsV2 } from './get-logs-v2.ts';
import { createIndex, deleteIndex, getIndex, updateIndex } from './indexes.ts';
import { listShards } from './list-shards.ts';
import {
  createLogstore,
  deleteLogstore,
  getLogstore,
  listLogstores,
  updateLogstore,
} from './logstores.ts';
import type { AccountOperation, LogstoreOperation, ProjectOperation } from './operation.ts';
import {
  createProject,
  deleteProject,
  getProject,
  listProject,
  updateProject,
} from './projects.ts';
import { putLogs } from './put-logs.ts';

export interface OperationPorts {
  readonly store: Store;
  readonly clock: SandboxClock;
  readonly accountId: string;
  readonly region: string;
  wallNowMs(): number;
  takeIncomplete(): boolean;
  takeWriteQuota(project: string, logstore: Logstore): boolean;
}

/** Every operation that is modelled, behind one function. */
export function createOperations(
  ports: OperationPorts,
): (request: HttpRequest, route: Route, caller: Caller) => HttpAnswer | Promise<HttpAnswer> {
  const { store, clock } = ports;
  const onAccount: Record<AccountOperationName, AccountOperation> = {
    CreateProject: createProject(store),
    ListProject: listProject(store, ports),
  };
  const onProject: Record<ProjectOperationName, ProjectOperation> = {
    CreateLogStore: createLogstore(store),
    DeleteProject: deleteProject(store),
    GetProject: getProject(store, ports),
    ListLogStores: listLogstores(store),
    UpdateProject: updateProject(store),
  };
  const onLogstore: Record<LogstoreOperationName, LogstoreOperation> = {
    CreateIndex: createIndex(store),
    DeleteIndex: deleteIndex(store),
    DeleteLogStore: deleteLogstore(store),
    GetIndex: getIndex(store),
    GetLogStore: getLogstore(store),
    GetHistograms: getHistograms(ports),
    GetLogs: getLogs(ports),
    GetLogsV2: getLogsV2(ports),
    ListShards: listShards(store),
    PutLogs: putLogs(ports),
    UpdateIndex: updateIndex(store),
    UpdateLogStore: updateLogstore(store, clock),
  };

  return (request, route, caller) => {
    const call = { request, authorize: createAuthorize(ports, caller) };
    if (route.scope === 'unsupported') {
      throw logError(
        'SandboxUnsupportedOperation',
        `The sandbox does not model ${route.operation} of Log Service.`,
      );
    }
    refuseOtherHeaders(request, route.operation);
    if (route.scope === 'account') return onAccount[route.operation](call);
    const project = projectOfHost(request.headers.host);
    if (project === undefined) {
      throw logError('InvalidHost', `${route.operation} needs a Host of {project}.{endpoint}.`);
    }
    if (route.scope === 'project') return onProject[route.operation]({ ...call, project });
    const { logstore } = route;
    return onLogstore[route.operation]({ ...call, project, logstore });
  };
}

function createAuthorize(
  { accountId, region }: { readonly accountId: string; readonly region: string },
  caller: Caller,
): (action: string, path: string) => void {
  return (action, path) => {
    const resource = `acs:log:${region}:${accountId}:${path}`;
    if (caller.accountId !== accountId || !caller.allows(action, resource)) {
      throw logError(
        'Unauthorized',
        `denied by sts or ram, action: ${action}, resource: ${resource}`,
      );
    }
  };
}
