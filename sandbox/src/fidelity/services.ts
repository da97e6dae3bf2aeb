import { accessManagementFidelity } from '../services/access-management/fidelity.ts';
import { cloudFlowFidelity } from '../services/cloud-flow/fidelity.ts';
import { configFidelity } from '../services/config/fidelity.ts';
import { eventBridgeFidelity } from '../services/event-bridge/fidelity.ts';
import { functionComputeFidelity } from '../services/function-compute/fidelity.ts';
import { logServiceFidelity } from '../services/log-service/fidelity.ts';
import { messageServiceFidelity } from '../services/message-service/fidelity.ts';
import type { ServiceName } from '../services/names.ts';
import { objectStorageFidelity } from '../services/object-storage/fidelity.ts';
import { resourceManagerFidelity } from '../services/resource-manager/fidelity.ts';
import { resourceOrchestrationFidelity } from '../services/resource-orchestration/fidelity.ts';
import type { ServiceFidelity } from './fidelity.ts';

/** Every service, as its own folder states it. */
export const FIDELITY: Readonly<Record<ServiceName, ServiceFidelity>> = {
  config: configFidelity,
  'resource-manager': resourceManagerFidelity,
  'access-management': accessManagementFidelity,
  'log-service': logServiceFidelity,
  'event-bridge': eventBridgeFidelity,
  'function-compute': functionComputeFidelity,
  'object-storage': objectStorageFidelity,
  'message-service': messageServiceFidelity,
  'cloud-flow': cloudFlowFidelity,
  'resource-orchestration': resourceOrchestrationFidelity,
};
