/** Access keys and roles: who a signed request comes from, and what that caller may do. */

import { randomInt } from 'node:crypto';
import type { SandboxClock } from './clock.ts';
import { createPolicyCheck, type PolicyCheck } from './policy.ts';

export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

export interface PolicyDocument {
  readonly Version: '1';
  readonly Statement: readonly PolicyStatement[];
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** The account's root user, or a role that a service assumed. */
export interface Caller {
  readonly accountId: string;
  /** Absent for the root user, who may do everything. */
  readonly roleName?: string;
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

export interface Identities {
  /** A new access key of the account's root user. */
  createAccessKey(accountId: string): Credentials;
  /** Replaces a role of the same name. */
  createRole(accountId: string, roleName: string, policy: PolicyDocument): void;
  hasRole(accountId: string, roleName: string): boolean;
  /** Credentials given out may do nothing from then on. Safe to repeat. */
  deleteRole(accountId: string, roleName: string): void;
  /** Temporary credentials (`STS.…`, with a token) of a role by its ARN. Throws if there is none. */
  assumeRole(roleArn: string, durationMs: number): Credentials;
  /** Looks a key up; says why it can't be used. Signatures are checked by the protocol. */
  find(
    accessKeyId: string,
    securityToken: string | undefined,
  ):
    | { readonly kind: 'found'; readonly accessKeySecret: string; readonly caller: Caller }
    | { readonly kind: 'unknown-key' | 'wrong-token' | 'expired-token' };
}

interface Key {
  readonly secret: string;
  readonly caller: Caller;
  readonly token?: { readonly text: string; readonly expiresAtMs: number };
}

export function createIdentities(clock: SandboxClock): Identities {
  const keys = new Map<string, Key>();
  const roles = new Map<string, { accountId: string; roleName: string; allows: PolicyCheck }>();

  return {
    createAccessKey(accountId) {
      const accessKeyId = `LTAI5t${randomText(18)}`;
      const accessKeySecret = randomText(30);
      const caller: Caller = { accountId, allows: () => true };
      keys.set(accessKeyId, { secret: accessKeySecret, caller });
      return { accessKeyId, accessKeySecret };
    },
    createRole(accountId, roleName, policy) {
      const allows = createPolicyCheck(policy);
      roles.set(roleArn(accountId, roleName), { accountId, roleName, allows });
    },
    hasRole: (accountId, roleName) => roles.has(roleArn(accountId, roleName)),
    deleteRole(accountId, roleName) {
      roles.delete(roleArn(accountId, roleName));
    },
    assumeRole(arn, durationMs) {
      const role = roles.get(arn.toLowerCase());
      if (role === undefined) throw new Error(`There is no role ${arn}`);
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

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
