export type RecorderStatus = 'REGISTRABLE' | 'BUILDING' | 'REGISTERED' | 'REBUILDING';
export type OrganizationStatus = 'REGISTRABLE' | 'BUILDING' | 'REGISTERED';

/** Enterprise mode is on for no account, or off after an activation, or on. */
type StartingPoint = 'not-activated' | 'off' | 'on';

export interface ConfigOptions {
  /** Default `not-activated`. */
  readonly organization?: StartingPoint;
  /** With `on`: members that the account group lacks until somebody starts again. */
  readonly missingMembers?: readonly string[];
  /**
   * How recorders start, over what `organization` says: BUILDING and REBUILDING end in REGISTERED
   * after `memberBuildMs`, and REGISTRABLE is a recorder that is off.
   */
  readonly recorders?: Readonly<Record<string, RecorderStatus>>;
  /** Accounts whose recorder never leaves this status. */
  readonly stuckMembers?: Readonly<Record<string, RecorderStatus>>;
  /** Who owns the account group: nobody else sees it. Default: the management account. */
  readonly groupOwnerAccountId?: string;
  /** Members above it are left out of the group. Whether there is one is unknown. Default: none. */
  readonly groupMemberLimit?: number;
  /** From the start until enterprise mode is REGISTERED. Default 120 000. */
  readonly organizationBuildMs?: number;
  /** From joining the group until a recorder is REGISTERED. Default 240 000. */
  readonly memberBuildMs?: number;
  /** From the start until the account group is normal. Default 5 000. */
  readonly groupCreateMs?: number;
  /** From the start until another one is no longer refused. Default 10 000. */
  readonly initializationMs?: number;
  /** From joining the directory until joining the group. Default 3 000. */
  readonly joinDelayMs?: number;
  /** How a recorder's `AccountId` is written: as the SDK types say, or the sample. Default `number`. */
  readonly accountIdAs?: 'number' | 'string';
  /**
   * Whether activating asks `ram:CreateServiceLinkedRole` of the caller: not documented, so the
   * stricter way is the default.
   */
  readonly needsServiceLinkedRolePermission?: boolean;
}

/** All that Cloud Config knows, as plain data. Statuses of the moment stand beside what makes them. */
export interface ConfigData {
  readonly organization: {
    readonly status: OrganizationStatus;
    /** Absent: enterprise mode was never started. */
    readonly registeredAtMs?: number;
    readonly initializingUntilMs?: number;
  };
  readonly group?: GroupData & { readonly status: 0 | 1; readonly accountIds: readonly string[] };
  readonly recorders: Readonly<Record<string, Recorder & { readonly status: RecorderStatus }>>;
  /** Accounts whose recorder stays in this status whatever the clock says, once it is there. */
  readonly held: Readonly<Record<string, RecorderStatus>>;
  /** Members that are not in the group yet. */
  readonly joining: readonly Joining[];
}

export interface GroupData {
  readonly aggregatorId: string;
  readonly aggregatorName: string;
  readonly ownerAccountId: string;
  readonly createdAtMs: number;
  /** Its status is 1 from then on. */
  readonly normalAtMs: number;
}

export interface Recorder {
  /** It is built until then. Absent: it is off. */
  readonly registeredAtMs?: number;
  /** While it is built. Default BUILDING. */
  readonly rebuilding?: boolean;
}

export interface Joining {
  readonly accountId: string;
  readonly atMs: number;
}
