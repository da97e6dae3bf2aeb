import { gatewayErrors } from '../protocols/rpc/errors.ts';
import type { RpcProduct } from '../protocols/rpc/operation.ts';
import type { HttpService } from '../server/http-service.ts';
import type { FaultableService } from '../world/faults.ts';
import { FUNCTION_COMPUTE_OPERATIONS } from './function-compute/route.ts';
import { ALERT_AND_DASHBOARD_OPERATIONS } from './log-service/operations/alerts-and-dashboards.ts';
import type {
  AccountOperationName,
  LogstoreOperationName,
  ProjectOperationName,
} from './log-service/routes.ts';
import { MESSAGE_SERVICE_ERRORS } from './message-service/errors.ts';
import { MESSAGE_SERVICE_OPERATIONS } from './message-service/queue-calls.ts';
import { OBJECT_STORAGE_OPERATIONS } from './object-storage/object-storage.ts';

/** The compiler holds it against the routes of Log Service. */
const LOG_SERVICE_OPERATIONS: Readonly<
  Record<AccountOperationName | ProjectOperationName | LogstoreOperationName, true>
> = {
  CreateIndex: true,
  CreateLogStore: true,
  CreateProject: true,
  DeleteIndex: true,
  DeleteLogStore: true,
  DeleteProject: true,
  GetHistograms: true,
  GetIndex: true,
  GetLogStore: true,
  GetLogs: true,
  GetLogsV2: true,
  GetProject: true,
  ListLogStores: true,
  ListProject: true,
  ListShards: true,
  PutLogs: true,
  UpdateIndex: true,
  UpdateLogStore: true,
  UpdateProject: true,
};

/** What faults may name in this sandbox. */
export function faultableServices(sandbox: {
  readonly products: readonly RpcProduct[];
  readonly logService: HttpService;
  readonly functionCompute: HttpService;
  readonly objectStorage: HttpService;
}): readonly FaultableService[] {
  // What the gateway has of Simple Message Queue is in its own protocol, too.
  const products = sandbox.products.filter(({ service }) => service !== 'message-service');
  return [
    ...products.map(({ service, versions, errors }) => ({
      service,
      operations: Object.values(versions).flatMap((operations) => Object.keys(operations)),
      errors: { ...gatewayErrors, ...errors },
    })),
    {
      service: 'log-service',
      operations: [...Object.keys(LOG_SERVICE_OPERATIONS), ...ALERT_AND_DASHBOARD_OPERATIONS],
      errors: sandbox.logService.errors,
    },
    {
      service: 'function-compute',
      operations: FUNCTION_COMPUTE_OPERATIONS,
      errors: sandbox.functionCompute.errors,
    },
    {
      service: 'message-service',
      operations: MESSAGE_SERVICE_OPERATIONS,
      errors: { ...gatewayErrors, ...MESSAGE_SERVICE_ERRORS },
    },
    {
      service: 'object-storage',
      operations: OBJECT_STORAGE_OPERATIONS,
      errors: sandbox.objectStorage.errors,
    },
  ];
}
