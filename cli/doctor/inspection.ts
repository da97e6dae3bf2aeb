import type { Caller } from '../../alicloud/access-management/caller.ts';
import type { PolicyDocument, Role } from '../../alicloud/access-management/roles.ts';
import type { Flow } from '../../alicloud/cloud-flow/flows.ts';
import type { EventRule } from '../../alicloud/event-bridge/event-rules.ts';
import type {
  DeployedFunction,
  DeployedTrigger,
} from '../../alicloud/function-compute/deployed-functions.ts';
import type { LastRun } from '../../alicloud/log-service/last-runs.ts';
import type { LogAlert, LogIndex, Logstore } from '../../alicloud/log-service/log-resources.ts';
import type { Queue } from '../../alicloud/message-queue/queues.ts';
import type { DeployedStack } from '../../alicloud/resource-orchestration/deployed-stack.ts';

/**
 * What can be looked up of a deployment, changing nothing. Each thing is read once, however many
 * checks ask for it. `undefined` and `false` say that it is not there. All of it rejects with a
 * `CloudError`, after the retries that its time allows. `alicloud/connect-inspection.ts` implements
 * it.
 */
export interface Inspection {
  caller(): Promise<Caller>;
  /** The account that owns the resource directory. */
  managementAccountId(): Promise<string>;
  /** `NOT_ACTIVATED`, or Cloud Config's status of the organization. */
  organizationStatus(): Promise<string>;
  role(name: string): Promise<Role | undefined>;
  /** The role's own policies. */
  rolePolicies(name: string): Promise<readonly PolicyDocument[]>;
  hasServiceLinkedRole(name: string): Promise<boolean>;
  stack(name: string): Promise<DeployedStack | undefined>;
  hasLogProject(project: string): Promise<boolean>;
  logstore(project: string, name: string): Promise<Logstore | undefined>;
  logIndex(project: string, logstore: string): Promise<LogIndex | undefined>;
  hasDashboard(project: string, name: string): Promise<boolean>;
  alerts(project: string): Promise<readonly LogAlert[]>;
  queue(name: string): Promise<Queue | undefined>;
  flow(name: string): Promise<Flow | undefined>;
  function(name: string): Promise<DeployedFunction | undefined>;
  /** Of the function's newest version, as all that follows. */
  asyncInvokeConfig(name: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  reservedConcurrency(name: string): Promise<number | undefined>;
  /** SHA-256 by path. */
  code(name: string): Promise<Readonly<Record<string, string>> | undefined>;
  trigger(functionName: string, name: string): Promise<DeployedTrigger | undefined>;
  eventRule(bus: string, name: string): Promise<EventRule | undefined>;
  /** The newest run of each trigger, of all that the log store keeps. */
  lastRuns(project: string, logstore: string): Promise<readonly LastRun[]>;
}
