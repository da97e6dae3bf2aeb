import { randomInt } from 'node:crypto';
import type { Identities, PolicyDocument } from '../../../world/identities.ts';
import { accessError } from './access-errors.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly roleId: string;
  /** Services that may assume it, for example `fc.aliyuncs.com`. */
  readonly trustedServices: readonly string[];
}

interface StoredRole extends Role {
  trustedServices: readonly string[];
  /** Names of policies. */
  readonly attached: Set<string>;
}

/**
 * Roles and custom policies as Resource Access Management keeps them. What a role may do is given to
 * `Identities` again after every change. Errors are RAM's.
 */
export interface AccessStore {
  roles(): readonly Role[];
  createRole(name: string, trustedServices: readonly string[]): Role;
  setTrust(name: string, trustedServices: readonly string[]): void;
  /** `force` detaches its policies first; else it is refused while it has any. */
  deleteRole(name: string, force: boolean): void;
  createPolicy(name: string, document: PolicyDocument): void;
  setPolicy(name: string, document: PolicyDocument): void;
  /** Refused while a role has it. */
  deletePolicy(name: string): void;
  isAttached(policyName: string, roleName: string): boolean;
  attach(policyName: string, roleName: string): void;
  detach(policyName: string, roleName: string): void;
}

export function createAccessStore(identities: Identities, accountId: string): AccessStore {
  const roles = new Map<string, StoredRole>();
  const policies = new Map<string, PolicyDocument>();

  // RAM compares role names without regard to case.
  function role(name: string): StoredRole {
    const found = roles.get(name.toLowerCase());
    if (found !== undefined) return found;
    throw accessError('EntityNotExist.Role', name);
  }

  function policy(name: string): PolicyDocument {
    const found = policies.get(name);
    if (found !== undefined) return found;
    throw accessError('EntityNotExist.Policy', name);
  }

  function apply({ name, attached, trustedServices }: StoredRole): void {
    const Statement = [...attached].flatMap((policyName) => policy(policyName).Statement);
    identities.createRole(accountId, name, { Version: '1', Statement }, trustedServices);
  }

  function rolesWith(policyName: string): readonly StoredRole[] {
    return [...roles.values()].filter(({ attached }) => attached.has(policyName));
  }

  return {
    roles: () => [...roles.values()],
    createRole(name, trustedServices) {
      if (identities.hasRole(accountId, name)) {
        throw accessError('EntityAlreadyExists.Role', name);
      }
      const created: StoredRole = {
        name,
        arn: `acs:ram::${accountId}:role/${name.toLowerCase()}`,
        roleId: `3${Array.from({ length: 17 }, () => randomInt(10)).join('')}`,
        trustedServices,
        attached: new Set(),
      };
      roles.set(name.toLowerCase(), created);
      apply(created);
      return created;
    },
    setTrust(name, trustedServices) {
      const changed = role(name);
      changed.trustedServices = trustedServices;
      apply(changed);
    },
    deleteRole(name, force) {
      const found = role(name);
      if (found.attached.size > 0 && !force) {
        throw accessError('DeleteConflict.Role.Policy', [...found.attached].join(', '));
      }
      roles.delete(name.toLowerCase());
      identities.deleteRole(accountId, name);
    },
    createPolicy(name, document) {
      if (policies.has(name)) {
        throw accessError('EntityAlreadyExists.Policy', name);
      }
      policies.set(name, document);
    },
    setPolicy(name, document) {
      policy(name);
      policies.set(name, document);
      for (const each of rolesWith(name)) apply(each);
    },
    deletePolicy(name) {
      policy(name);
      if (rolesWith(name).length > 0) {
        throw accessError('DeleteConflict.Policy.Role', name);
      }
      policies.delete(name);
    },
    isAttached: (policyName, roleName) =>
      roles.get(roleName.toLowerCase())?.attached.has(policyName) ?? false,
    attach(policyName, roleName) {
      policy(policyName);
      const found = role(roleName);
      if (found.attached.has(policyName)) {
        throw accessError('EntityAlreadyExists.Role.Policy', policyName);
      }
      found.attached.add(policyName);
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
