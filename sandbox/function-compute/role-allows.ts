import type { World } from '../core/world.ts';

/** Only looked at, never used for a call. */
const GLANCE_MS = 60_000;

export function roleExists(world: World, roleArn: string): boolean {
  try {
    world.identities.assumeRole(roleArn, GLANCE_MS);
    return true;
  } catch {
    return false;
  }
}

/** Throws when there is no such role. */
export function roleAllows(
  world: World,
  roleArn: string,
  action: string,
  resource: string,
): boolean {
  const { accessKeyId, securityToken } = world.identities.assumeRole(roleArn, GLANCE_MS);
  const found = world.identities.find(accessKeyId, securityToken);
  return found.kind === 'found' && found.caller.allows(action, resource);
}
