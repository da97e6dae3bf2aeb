import { randomInt } from 'node:crypto';
import type { PolicyDocument } from '../../world/identities.ts';
import type { World } from '../../world/world.ts';
import { accessError } from './errors.ts';
import { type ServiceLinkedRoleKind, serviceLinkedRoleOf } from './service-linked-roles.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly roleId: string;
  /** Services that may assume it, for example `fc.aliyuncs.com`. */
  readonly trustedServices: readonly string[];
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Of a service-linked role, its service. */
  readonly serviceName: string | undefined;
  /** Policies of the account that it has: names, each with when it got it. */
  readonly attached: ReadonlyMap<string, number>;
}

export interface Policy {
  readonly name: string;
  readonly document: PolicyDocument;
  readonly description: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

interface StoredRole extends Role {
  trustedServices: readonly string[];
  maxSessionSeconds: number;
  updatedAtMs: number;
  readonly attached: Map<string, number>;
}

interface RoleDetails {
  readonly description?: string;
  /** Default 3600. */
  readonly maxSessionSeconds?: number;
}

/**
 * Roles and custom policies as Resource Access Management keeps them. What a role may do is given to
 * `Identities` again after every change. Errors are RAM's.
 */
export interface AccessStore {
  roles(): readonly Role[];
  /** Throws `EntityNotExist.Role`. */
  role(name: string): Role;
  createRole(name: string, trustedServices: readonly string[], details?: RoleDetails): Role;
  setTrust(name: string, trustedServices: readonly string[], maxSessionSeconds?: number): void;
  /** `force` detaches its policies first; else it is refused while it has any. */
  deleteRole(name: string, force: boolean): void;
  /** Throws `InvalidParameter.ServiceName` for a service that has none here, `EntityAlreadyExists.Role`. */
  createServiceLinkedRole(serviceName: string): Role;
  hasServiceLinkedRole(kind: ServiceLinkedRoleKind): boolean;
  /** Throws `EntityNotExist.Policy`. */
  policy(name: string): Policy;
  createPolicy(name: string, document: PolicyDocument, description?: string): void;
  setPolicy(name: string, document: PolicyDocument): void;
  /** Refused while a role has it. */
  deletePolicy(name: string): void;
  /** Names of the roles that have it. */
  rolesWith(policyName: string): readonly string[];
  isAttached(policyName: string, roleName: string): boolean;
  attach(policyName: string, roleName: string): void;
  detach(policyName: string, roleName: string): void;
}

const DEFAULT_SESSION_SECONDS = 3600;

export function createAccessStore(world: World, accountId: string): AccessStore {
  const { identities, clock } = world;
  const roles = new Map<string, StoredRole>();
  const policies = new Map<string, Policy>();

  // RAM compares role names without regard to case.
  function role(name: string): StoredRole {
    const found = roles.get(name.toLowerCase());
    if (found !== undefined) return found;
    throw accessError('EntityNotExist.Role', name);
  }

  function policy(name: string): Policy {
    const found = policies.get(name);
    if (found !== undefined) return found;
    throw accessError('EntityNotExist.Policy', name);
  }

  /** A service-linked role's permissions are its service's matter: it has none here. */
  function apply({ name, attached, trustedServices }: StoredRole): void {
    const Statement = [...attached.keys()].flatMap(
      (policyName) => policy(policyName).document.Statement,
    );
    identities.createRole(accountId, name, { Version: '1', Statement }, trustedServices);
  }

  function rolesWith(policyName: string): readonly StoredRole[] {
    return [...roles.values()].filter(({ attached }) => attached.has(policyName));
  }

  function addRole(
    name: string,
    trustedServices: readonly string[],
    serviceName: string | undefined,
    { description = '', maxSessionSeconds = DEFAULT_SESSION_SECONDS }: RoleDetails,
  ): StoredRole {
    if (identities.hasRole(accountId, name)) throw accessError('EntityAlreadyExists.Role', name);
    const nowMs = clock.now();
    const created: StoredRole = {
      name,
      arn: `acs:ram::${accountId}:role/${name.toLowerCase()}`,
      roleId: `3${Array.from({ length: 17 }, () => randomInt(10)).join('')}`,
      trustedServices,
      description,
      maxSessionSeconds,
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      serviceName,
      attached: new Map(),
    };
    roles.set(name.toLowerCase(), created);
    apply(created);
    return created;
  }

  return {
    roles: () => [...roles.values()],
    role,
    createRole: (name, trustedServices, details = {}) =>
      addRole(name, trustedServices, undefined, details),
    setTrust(name, trustedServices, maxSessionSeconds) {
      const changed = role(name);
      changed.trustedServices = trustedServices;
      changed.maxSessionSeconds = maxSessionSeconds ?? changed.maxSessionSeconds;
      changed.updatedAtMs = clock.now();
      apply(changed);
    },
    deleteRole(name, force) {
      const found = role(name);
      if (found.attached.size > 0 && !force) {
        throw accessError('DeleteConflict.Role.Policy', [...found.attached.keys()].join(', '));
      }
      roles.delete(name.toLowerCase());
      identities.deleteRole(accountId, name);
    },
    createServiceLinkedRole(serviceName) {
      const kind = serviceLinkedRoleOf(serviceName);
      if (kind === undefined) throw accessError('InvalidParameter.ServiceName', serviceName);
      return addRole(kind.roleName, [serviceName], serviceName, {
        description: `Service-linked role of ${serviceName}`,
      });
    },
    hasServiceLinkedRole: ({ roleName, serviceName }) =>
      roles.get(roleName.toLowerCase())?.serviceName === serviceName,
    policy,
    createPolicy(name, document, description = '') {
      if (policies.has(name)) {
        throw accessError('EntityAlreadyExists.Policy', name);
      }
      const nowMs = clock.now();
      policies.set(name, { name, document, description, createdAtMs: nowMs, updatedAtMs: nowMs });
    },
    setPolicy(name, document) {
      policies.set(name, { ...policy(name), document, updatedAtMs: clock.now() });
      for (const each of rolesWith(name)) apply(each);
    },
    deletePolicy(name) {
      policy(name);
      if (rolesWith(name).length > 0) {
        throw accessError('DeleteConflict.Policy.Role', name);
      }
      policies.delete(name);
    },
    rolesWith: (policyName) => rolesWith(policyName).map(({ name }) => name),
    isAttached: (policyName, roleName) =>
      roles.get(roleName.toLowerCase())?.attached.has(policyName) ?? false,
    attach(policyName, roleName) {
      policy(policyName);
      const found = role(roleName);
      if (found.attached.has(policyName)) {
        throw accessError('EntityAlreadyExists.Role.Policy', policyName);
      }
      found.attached.set(policyName, clock.now());
      apply(found);
    },
    detach(policyName, roleName) {
      const found = roles.get(roleName.toLowerCase());
      if (found === undefined) return;
      found.attached.delete(policyName);
      apply(found);
    },
  };
}
