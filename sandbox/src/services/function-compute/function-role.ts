import type { Identities } from '../../world/identities.ts';

/** Who assumes the role of a function. */
export const FUNCTION_COMPUTE = 'fc.aliyuncs.com';

/** Why a service can't run anything as this role. `undefined`: it can. */
export function problemOfRole(
  identities: Identities,
  roleArn: string,
  service: string,
): string | undefined {
  const role = identities.role(roleArn);
  if (role === undefined) return `there is no role ${roleArn}`;
  return role.trusts(service) ? undefined : `the role ${roleArn} does not trust ${service}`;
}
