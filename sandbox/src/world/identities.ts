/** Access keys and roles: who a signed request comes from, and what that caller may do. */

import { createHash, randomInt } from 'node:crypto';
import type { SandboxClock } from './clock.ts';
import { createPolicyCheck, type PolicyCheck, type PolicyDocument } from './policy.ts';

export type { PolicyDocument, PolicyStatement } from './policy.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** The account's root user, who may do everything; a RAM user; or a role that a service assumed. */
export interface Caller {
  readonly accountId: string;
  /** Of a role only. */
  readonly roleName?: string;
  /** Of a RAM user only. */
  readonly userName?: string;
  /**
   * `action` like `config:GetAggregator`; `resource` an ARN like `acs:config:*:123:aggregator/ca-1`;
   * `conditionKeys` what the call says of itself, for example `{'ram:ServiceName': '…'}`.
   */
  allows(
    action: string,
    resource: string,
    conditionKeys?: Readonly<Record<string, string>>,
  ): boolean;
}

/** A role, and what it may do now. */
export interface Role {
  readonly allows: Caller['allows'];
  /** `service` like `fc.aliyuncs.com`. */
  trusts(service: string): boolean;
}

export interface Identities {
  /**
   * An access key of the account's root user: a new one, or with `fixed` keys always the same. `given`
   * is taken as it is.
   */
  createAccessKey(accountId: string, given?: Credentials): Credentials;
  /**
   * An access key of a RAM user who may do what the policy says. A user of the same name gets the new
   * policy; with `fixed` keys the key stays the same.
   */
  createUser(
    accountId: string,
    userName: string,
    policy: PolicyDocument,
    given?: Credentials,
  ): Credentials;
  /** Keys without an end: those of root users and RAM users, in the order they were made. */
  lastingKeys(): readonly LastingKey[];
  /** Replaces a role of the same name. `trustedServices` may assume it. Default: every service. */
  createRole(
    accountId: string,
    roleName: string,
    policy: PolicyDocument,
    trustedServices?: readonly string[],
  ): void;
  /** By ARN. */
  role(roleArn: string): Role | undefined;
  hasRole(accountId: string, roleName: string): boolean;
  /** Credentials given out may do nothing from then on. Safe to repeat. */
  deleteRole(accountId: string, roleName: string): void;
  /**
   * Temporary credentials (`STS.…`, with a token) of a role by its ARN. Throws if there is none, and
   * if the service that asks isn't trusted by it; without a service nobody in the cloud asks.
   */
  assumeRole(roleArn: string, durationMs: number, service?: string): Credentials;
  /** Looks a key up; says why it can't be used. Signatures are checked by the protocol. */
  find(
    accessKeyId: string,
    securityToken: string | undefined,
  ):
    | { readonly kind: 'found'; readonly accessKeySecret: string; readonly caller: Caller }
    | { readonly kind: 'unknown-key' | 'wrong-token' | 'expired-token' };
}

/** `fixed`: made from the account's id and the user's name. Known to all, good for a sandbox only. */
export type KeyKind = 'random' | 'fixed';

export interface LastingKey {
  readonly accountId: string;
  readonly credentials: Credentials;
  /** Of a RAM user. */
  readonly user?: { readonly userName: string; readonly policy: PolicyDocument };
}

interface Key {
  readonly secret: string;
  readonly caller: Caller;
  readonly token?: { readonly text: string; readonly expiresAtMs: number };
}

interface StoredRole {
  readonly accountId: string;
  readonly roleName: string;
  readonly allows: PolicyCheck;
  readonly trustedServices: readonly string[] | undefined;
}

/** An expired token is called expired for so long, then its key is unknown. */
const EXPIRED_KEYS_KEPT_MS = 60 * 60 * 1000;

export function createIdentities(clock: SandboxClock, keyKind: KeyKind = 'random'): Identities {
  const keys = new Map<string, Key>();
  const roles = new Map<string, StoredRole>();
  const lasting = new Map<string, LastingKey>();

  function roleOf(arn: string): Role | undefined {
    const role = roles.get(arn.toLowerCase());
    if (role === undefined) return undefined;
    const { allows, trustedServices } = role;
    return { allows, trusts: (service) => trustedServices?.includes(service) ?? true };
  }

  function keep(key: LastingKey, caller: Caller): void {
    const { accessKeyId, accessKeySecret } = key.credentials;
    lasting.set(accessKeyId, key);
    keys.set(accessKeyId, { secret: accessKeySecret, caller });
  }

  /** Oldest first, up to one that is still good. */
  function forgetExpiredKeys(): void {
    for (const [id, { token }] of keys) {
      if (token === undefined) continue;
      if (clock.now() < token.expiresAtMs + EXPIRED_KEYS_KEPT_MS) return;
      keys.delete(id);
    }
  }

  return {
    createAccessKey(accountId, given = newKey(keyKind, accountId)) {
      keep({ accountId, credentials: given }, { accountId, allows: () => true });
      return given;
    },
    createUser(accountId, userName, policy, given = newKey(keyKind, `${accountId}/${userName}`)) {
      const allows = createPolicyCheck(policy);
      for (const key of lasting.values()) {
        if (key.accountId !== accountId || key.user?.userName !== userName) continue;
        keep({ ...key, user: { userName, policy } }, { accountId, userName, allows });
      }
      const user = { userName, policy };
      keep({ accountId, credentials: given, user }, { accountId, userName, allows });
      return given;
    },
    lastingKeys: () => [...lasting.values()],
    createRole(accountId, roleName, policy, trustedServices) {
      const allows = createPolicyCheck(policy);
      roles.set(roleArn(accountId, roleName), { accountId, roleName, allows, trustedServices });
    },
    role: roleOf,
    hasRole: (accountId, roleName) => roles.has(roleArn(accountId, roleName)),
    deleteRole(accountId, roleName) {
      roles.delete(roleArn(accountId, roleName));
    },
    assumeRole(arn, durationMs, service) {
      const role = roles.get(arn.toLowerCase());
      if (role === undefined) throw new Error(`There is no role ${arn}`);
      if (service !== undefined && roleOf(arn)?.trusts(service) === false) {
        throw new Error(`The role ${arn} does not trust ${service}`);
      }
      forgetExpiredKeys();
      const credentials = {
        accessKeyId: `STS.${randomText(24)}`,
        accessKeySecret: randomText(44),
        securityToken: `CAIS${randomText(200)}`,
      };
      const { accountId, roleName } = role;
      keys.set(credentials.accessKeyId, {
        secret: credentials.accessKeySecret,
        // Looked up at each call: a role's new policy counts for credentials already given out.
        caller: {
          accountId,
          roleName,
          allows: (...asked) => roles.get(arn.toLowerCase())?.allows(...asked) ?? false,
        },
        token: { text: credentials.securityToken, expiresAtMs: clock.now() + durationMs },
      });
      return credentials;
    },
    find(accessKeyId, securityToken) {
      const key = keys.get(accessKeyId);
      if (key === undefined) return { kind: 'unknown-key' };
      if (key.token?.text !== securityToken) return { kind: 'wrong-token' };
      if (key.token !== undefined && clock.now() >= key.token.expiresAtMs) {
        return { kind: 'expired-token' };
      }
      return { kind: 'found', accessKeySecret: key.secret, caller: key.caller };
    },
  };
}

/** RAM compares role names without regard to case. */
function roleArn(accountId: string, roleName: string): string {
  return `acs:ram::${accountId}:role/${roleName}`.toLowerCase();
}

function newKey(kind: KeyKind, name: string): Credentials {
  if (kind === 'random') {
    return { accessKeyId: `LTAI5t${randomText(18)}`, accessKeySecret: randomText(30) };
  }
  const hash = createHash('sha256').update(name).digest('hex');
  return {
    accessKeyId: `LTAI5tFixed${hash.slice(0, 13)}`,
    accessKeySecret: `fixed${hash.slice(13, 38)}`,
  };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
