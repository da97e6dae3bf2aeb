import type { AccessStore, Policy, Role } from '../services/access-management/access-store.ts';

/** Roles and policies as plain data. */
export interface AccessData {
  readonly roles: readonly RoleData[];
  readonly policies: readonly Policy[];
}

interface RoleData extends Omit<Role, 'attached' | 'serviceName'> {
  /** Of a service-linked role, its service. */
  readonly serviceName?: string;
  /** Names of its policies. */
  readonly attached: readonly string[];
}

export function accessData(access: AccessStore): AccessData {
  return {
    roles: access.roles().map(({ attached, serviceName, ...role }) => ({
      ...role,
      ...(serviceName === undefined ? {} : { serviceName }),
      attached: [...attached.keys()],
    })),
    policies: [...access.policies()],
  };
}

/** Makes the store as it was saved, whatever stacks have put into it before. Role ids are new. */
export function restoreAccess(access: AccessStore, saved: AccessData): void {
  const keptRoles = new Set(saved.roles.map(({ name }) => name.toLowerCase()));
  for (const { name } of access.roles()) {
    if (!keptRoles.has(name.toLowerCase())) access.deleteRole(name, true);
  }
  for (const { name, document, description } of saved.policies) {
    const isThere = access.policies().some((policy) => policy.name === name);
    if (isThere) access.setPolicy(name, document);
    else access.createPolicy(name, document, description);
  }
  for (const role of saved.roles) restoreRole(access, role);
  const keptPolicies = new Set(saved.policies.map(({ name }) => name));
  for (const { name } of access.policies()) {
    if (!keptPolicies.has(name)) access.deletePolicy(name);
  }
}

function restoreRole(access: AccessStore, saved: RoleData): void {
  const { name, serviceName, trustedServices, description, maxSessionSeconds } = saved;
  const there = access.roles().find((role) => role.name.toLowerCase() === name.toLowerCase());
  if (there !== undefined) access.setTrust(name, trustedServices, maxSessionSeconds);
  else if (serviceName !== undefined) access.createServiceLinkedRole(serviceName);
  else access.createRole(name, trustedServices, { description, maxSessionSeconds });
  for (const policy of saved.attached) {
    if (!access.isAttached(policy, name)) access.attach(policy, name);
  }
  for (const policy of there?.attached.keys() ?? []) {
    if (!saved.attached.includes(policy)) access.detach(policy, name);
  }
}
