import type { Check } from './check.ts';
import { accountChecks, permissionCheck } from './checks/account.ts';
import { eventChecks } from './checks/events.ts';
import { foundationChecks } from './checks/foundations.ts';
import { functionChecks } from './checks/functions.ts';
import { configChecks, serviceChecks } from './checks/services.ts';
import { foundationStackChecks } from './checks/stacks.ts';
import { workChecks } from './checks/work.ts';
import type { Deployment } from './deployment.ts';

/** Of a deployment, in the order in which one would do what they find missing. */
export function checksOf({ foundations, events, functions }: Deployment): readonly Check[] {
  // Names are the same in every account.
  const deployed = functions('');
  const schedules = deployed.flatMap(({ name, triggers }) =>
    triggers.map((trigger) => ({ functionName: name, triggerName: trigger.name })),
  );
  return [
    ...accountChecks,
    permissionCheck,
    ...serviceChecks,
    ...foundationStackChecks,
    ...foundationChecks(foundations),
    ...functionChecks(deployed),
    ...eventChecks(events),
    ...configChecks,
    ...schedules.slice(0, 1).flatMap((schedule) => workChecks(schedule, 'results-index')),
  ];
}
