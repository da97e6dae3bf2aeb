/** Access keys and roles: who a signed request comes from, and what that caller may do. */

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
  /** `action` like `config:GetAggregator`; `resource` an ARN like `acs:config:*:123:aggregator/ca-1`. */
  allows(action: string, resource: string): boolean;
}

export interface Identities {
  /** A new access key of the account's root user. */
  createAccessKey(accountId: string): Credentials;
  createRole(accountId: string, roleName: string, policy: PolicyDocument): void;
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
