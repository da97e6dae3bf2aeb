import type { Check } from './check.ts';
import { accountChecks, permissionCheck } from './checks/account.ts';
import { eventChecks } from './checks/events.ts';
import { foundationChecks } from './checks/foundations.ts';
import { functionChecks } from './checks/functions.ts';
import { serviceChecks } from './checks/services.ts';
import { foundationStackChecks } from './checks/stacks.ts';
import { type Schedule, workChecks } from './checks/work.ts';
import type { Deployment } from './deployment.ts';

/** Of a deployment, in the order in which one would do what they find missing. */
export function checksOf(deployment: Deployment): readonly Check[] {
  const { foundations, events, functions } = deployment;
  return [
    ...accountChecks,
    permissionCheck,
    ...serviceChecks,
    ...foundationStackChecks,
    ...foundationChecks(foundations),
    ...functionChecks(functions(ANY_ACCOUNT)),
    ...eventChecks(events),
    ...workChecks(scheduleOf(deployment), 'results-index'),
  ];
}

/** Names are the same in every account. */
const ANY_ACCOUNT = '';

/** What covers every account, whatever becomes of events: the first trigger of s.yaml. */
export function scheduleOf({ functions }: Deployment): Schedule {
  const [schedule] = functions(ANY_ACCOUNT).flatMap(({ name, triggers }) =>
    triggers.map((trigger) => ({ functionName: name, triggerName: trigger.name })),
  );
  if (schedule === undefined) throw new Error('s.yaml has no trigger.');
  return schedule;
}
