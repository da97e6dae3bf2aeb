import type { gatewayErrors } from '../protocols/rpc/errors.ts';
import type { RpcProduct } from '../protocols/rpc/operation.ts';
import type { Fault, FaultEffect, Faults } from '../world/faults.ts';
import type { createAccessManagementService } from './access-management/access-management-service.ts';
import type { accessErrors } from './access-management/errors.ts';
import type { CLOUD_FLOW_ERRORS, createCloudFlowService } from './cloud-flow/cloud-flow-service.ts';
import type { createConfigService } from './config/config-service.ts';
import type { configErrors } from './config/errors.ts';
import type { EVENT_BRIDGE_ERRORS } from './event-bridge/errors.ts';
import type { createEventBridgeService } from './event-bridge/event-bridge-service.ts';
import type { FUNCTION_COMPUTE_ERRORS } from './function-compute/errors.ts';
import type { ControlOperationName } from './function-compute/route.ts';
import type { LOG_SERVICE_ERRORS } from './log-service/errors.ts';
import type { ALERT_AND_DASHBOARD_OPERATIONS } from './log-service/operations/alerts-and-dashboards.ts';
import type {
  AccountOperationName,
  LogstoreOperationName,
  ProjectOperationName,
} from './log-service/routes.ts';
import type { MESSAGE_SERVICE_ERRORS } from './message-service/errors.ts';
import type { MESSAGE_SERVICE_OPERATIONS } from './message-service/queue-calls.ts';
import type {
  OBJECT_STORAGE_ERRORS,
  OBJECT_STORAGE_OPERATIONS,
} from './object-storage/object-storage.ts';
import type { resourceManagerErrors } from './resource-manager/errors.ts';
import type { createResourceManagerService } from './resource-manager/resource-manager-service.ts';
import type { resourceOrchestrationErrors } from './resource-orchestration/errors.ts';
import type { createProduct } from './resource-orchestration/resource-orchestration.ts';

/** By service: its operations and error codes, as its own tables have them. */
interface FaultNames {
  'access-management': {
    operation: OperationOf<ReturnType<typeof createAccessManagementService>>;
    code: keyof typeof accessErrors | GatewayCode;
  };
  'cloud-flow': {
    operation: OperationOf<ReturnType<typeof createCloudFlowService>>;
    code: keyof typeof CLOUD_FLOW_ERRORS | GatewayCode;
  };
  config: {
    operation: OperationOf<ReturnType<typeof createConfigService>>;
    code: keyof typeof configErrors | GatewayCode;
  };
  'event-bridge': {
    operation: OperationOf<ReturnType<typeof createEventBridgeService>>;
    code: keyof typeof EVENT_BRIDGE_ERRORS | GatewayCode;
  };
  'function-compute': {
    operation: ControlOperationName | 'InvokeFunction';
    code: keyof typeof FUNCTION_COMPUTE_ERRORS | GatewayCode;
  };
  'log-service': {
    operation:
      | (typeof ALERT_AND_DASHBOARD_OPERATIONS)[number]
      | AccountOperationName
      | LogstoreOperationName
      | ProjectOperationName;
    code: keyof typeof LOG_SERVICE_ERRORS;
  };
  'message-service': {
    operation: (typeof MESSAGE_SERVICE_OPERATIONS)[number];
    code: keyof typeof MESSAGE_SERVICE_ERRORS;
  };
  'object-storage': {
    operation: (typeof OBJECT_STORAGE_OPERATIONS)[number];
    code: keyof typeof OBJECT_STORAGE_ERRORS;
  };
  'resource-manager': {
    operation: OperationOf<ReturnType<typeof createResourceManagerService>>;
    code: keyof typeof accessErrors | keyof typeof resourceManagerErrors | GatewayCode;
  };
  'resource-orchestration': {
    operation: OperationOf<ReturnType<typeof createProduct>>;
    code: keyof typeof resourceOrchestrationErrors | GatewayCode;
  };
}

type GatewayCode = keyof typeof gatewayErrors;

type OperationOf<Product extends RpcProduct> = {
  [Version in keyof Product['versions']]: keyof Product['versions'][Version] & string;
}[keyof Product['versions']];

type ErrorEffect = Extract<FaultEffect, { kind: 'error' }>;

/** A code of the service, or any other with its status. */
type EffectOf<Code> =
  | Exclude<FaultEffect, ErrorEffect>
  | (ErrorEffect & { readonly code: Code })
  | (ErrorEffect & { readonly status: number });

/** A fault that names only what there is: the compiler knows. */
export type TypedFault = {
  [Service in keyof FaultNames]: Omit<Fault, 'service' | 'operation' | 'effect'> & {
    readonly service: Service;
    /** `*`: all of them. */
    readonly operation: FaultNames[Service]['operation'] | '*';
    readonly effect: EffectOf<FaultNames[Service]['code']>;
  };
}[keyof FaultNames];

export interface TypedFaults extends Omit<Faults, 'add' | 'limitTo' | 'next'> {
  /**
   * Returns its id. Throws a `RangeError` for what could never apply, services that were not chosen
   * among it, and says what is known.
   */
  add(fault: TypedFault): string;
}
