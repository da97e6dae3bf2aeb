import type { World } from './world.ts';

const CLOUD_FLOW = 'fnf.aliyuncs.com';

/** Throws when there is the role and CloudFlow can't assume it. */
export function flowRoleExists(world: World, roleArn: string): boolean {
  const role = world.identities.role(roleArn);
  if (role?.trusts(CLOUD_FLOW) === false) {
    throw new Error(`The role ${roleArn} does not trust ${CLOUD_FLOW}`);
  }
  return role !== undefined;
}

export function flowRoleAllows(
  world: World,
  roleArn: string,
  action: string,
  resource: string,
): boolean {
  return (
    flowRoleExists(world, roleArn) &&
    world.identities.role(roleArn)?.allows(action, resource) === true
  );
}
