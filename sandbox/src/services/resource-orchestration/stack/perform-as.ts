import type { Caller } from '../../../world/identities.ts';
import { requirePermissions } from '../resources/permissions.ts';
import type { PerformOptions } from './perform.ts';
import type { StackPorts } from './stack-ports.ts';

/** A stack without a role of its own works with the permissions of whoever works on it. */
export function performAs(
  caller: Caller,
  { record, later, world, accountId }: StackPorts,
): PerformOptions {
  const place = { region: world.region, accountId };
  return {
    record,
    later,
    requirePermission: ({ resource, action, properties }) =>
      requirePermissions(resource.type.name, action, properties(), place, (asked, arn) =>
        caller.allows(asked, arn),
      ),
  };
}
