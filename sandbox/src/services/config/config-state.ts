import type { World } from '../../world/world.ts';
import { type Directory, type DirectoryAccount, isMember } from '../resource-manager/directory.ts';

export type RecorderStatus = 'REGISTRABLE' | 'BUILDING' | 'REGISTERED' | 'REBUILDING';
type OrganizationStatus = 'REGISTRABLE' | 'BUILDING' | 'REGISTERED';

/** Enterprise mode is on for no account, or off after an activation, or on. */
type StartingPoint = 'not-activated' | 'off' | 'on';

export interface ConfigOptions {
  /** Default `not-activated`. */
  readonly organization?: StartingPoint;
  /** With `on`: members that the account group lacks until somebody starts again. */
  readonly missingMembers?: readonly string[];
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

export interface GroupMember {
  readonly accountId: string;
  readonly accountName: string;
  readonly recorderStatus: RecorderStatus;
}

/** The global account group, of type RD. */
export interface AccountGroup {
  readonly aggregatorId: string;
  readonly aggregatorName: string;
  readonly ownerAccountId: string;
  /** 0 while it is created, then 1. */
  readonly aggregatorStatus: 0 | 1;
  readonly createdAtMs: number;
  readonly members: readonly GroupMember[];
}

export interface ConfigState {
  readonly directory: Directory;
  readonly accountIdAs: 'number' | 'string';
  readonly needsServiceLinkedRolePermission: boolean;
  readonly organizationStatus: () => OrganizationStatus;
  /** `undefined`: the account never activated Config, by itself or as a member. */
  recorderStatus(accountId: string): RecorderStatus | undefined;
  /** Whether the account started enterprise mode so recently that another start is refused. */
  isInitializing(accountId: string): boolean;
  /** The account's own recorder only. Safe to repeat. */
  startRecorder(accountId: string): void;
  /** Enterprise mode for all members; members that the group lacks are added. Safe to repeat. */
  startEnterpriseMode(): void;
  /** The group, if this account owns it. */
  groupOf(accountId: string): AccountGroup | undefined;
  /** As if the member had never joined the group. */
  removeFromGroup(accountId: string): void;
  /** The account's recorder stays in this status; `undefined` lets it go on to REGISTERED. */
  holdAt(accountId: string, status: RecorderStatus | undefined): void;
}

export function createConfigState(setup: {
  readonly world: World;
  readonly directory: Directory;
  readonly options?: ConfigOptions;
}): ConfigState {
  const { directory, options = {} } = setup;
  const { clock } = setup.world;
  const {
    organization: startingPoint = 'not-activated',
    groupOwnerAccountId = directory.managementAccountId,
    groupMemberLimit = Number.POSITIVE_INFINITY,
    organizationBuildMs = 120_000,
    memberBuildMs = 240_000,
    groupCreateMs = 5_000,
    initializationMs = 10_000,
    joinDelayMs = 3_000,
  } = options;

  let organization: OrganizationStatus = 'REGISTRABLE';
  let initializingUntilMs = Number.NEGATIVE_INFINITY;
  const recorders = new Map<string, RecorderStatus>();
  const held = new Map<string, RecorderStatus>(Object.entries(options.stuckMembers ?? {}));
  const cancelBuild = new Map<string, () => void>();
  const groupMembers = new Set<string>();
  let group: Omit<AccountGroup, 'members'> | undefined;

  function after(durationMs: number, callback: () => void): () => void {
    return clock.at(clock.now() + durationMs, callback);
  }

  function build(accountId: string): void {
    recorders.set(accountId, 'BUILDING');
    const cancel = after(memberBuildMs, () => recorders.set(accountId, 'REGISTERED'));
    cancelBuild.set(accountId, cancel);
  }

  function startRecorder(accountId: string): void {
    if (!recorders.has(accountId)) build(accountId);
  }

  function joinGroup(account: DirectoryAccount): void {
    const { accountId } = account;
    if (groupMembers.has(accountId) || groupMembers.size >= groupMemberLimit) return;
    groupMembers.add(accountId);
    // A member with a recorder of its own keeps it.
    startRecorder(accountId);
  }

  function createGroup(aggregatorStatus: 0 | 1): void {
    group = {
      aggregatorId: `ca-${directory.resourceDirectoryId.slice(3).toLowerCase()}a1b2c3d4e5f60001`,
      aggregatorName: 'enterprise',
      ownerAccountId: groupOwnerAccountId,
      aggregatorStatus,
      createdAtMs: clock.now(),
    };
  }

  function joinAllMembers(except: readonly string[] = []): void {
    for (const account of directory.accounts()) {
      if (isMember(account) && !except.includes(account.accountId)) joinGroup(account);
    }
  }

  if (startingPoint !== 'not-activated') {
    recorders.set(directory.managementAccountId, 'REGISTERED');
  }
  if (startingPoint === 'on') {
    organization = 'REGISTERED';
    createGroup(1);
    for (const account of directory.accounts()) {
      if (isMember(account)) recorders.set(account.accountId, 'REGISTERED');
    }
    for (const accountId of options.missingMembers ?? []) recorders.delete(accountId);
    joinAllMembers(options.missingMembers);
  }

  directory.onJoined((account) => {
    if (organization === 'REGISTRABLE') return;
    after(joinDelayMs, () => {
      const now = directory.account(account.accountId);
      if (now !== undefined && now.status !== 'Removed') joinGroup(account);
    });
  });
  directory.onRemoved((accountId) => groupMembers.delete(accountId));

  function recorderStatus(accountId: string): RecorderStatus | undefined {
    const status = recorders.get(accountId);
    return status === undefined ? undefined : (held.get(accountId) ?? status);
  }

  return {
    directory,
    accountIdAs: options.accountIdAs ?? 'number',
    needsServiceLinkedRolePermission: options.needsServiceLinkedRolePermission ?? true,
    organizationStatus: () => organization,
    recorderStatus,
    isInitializing: (accountId) =>
      accountId === directory.managementAccountId && clock.now() < initializingUntilMs,
    startRecorder,
    startEnterpriseMode() {
      startRecorder(directory.managementAccountId);
      if (organization === 'REGISTRABLE') {
        organization = 'BUILDING';
        initializingUntilMs = clock.now() + initializationMs;
        createGroup(0);
        after(groupCreateMs, () => {
          if (group !== undefined) group = { ...group, aggregatorStatus: 1 };
        });
        after(organizationBuildMs, () => {
          organization = 'REGISTERED';
        });
      }
      joinAllMembers();
    },
    groupOf(accountId) {
      if (group === undefined || group.ownerAccountId !== accountId) return undefined;
      const members = [...groupMembers].map((memberId) => ({
        accountId: memberId,
        accountName: directory.account(memberId)?.displayName ?? '',
        recorderStatus: recorderStatus(memberId) ?? 'REGISTRABLE',
      }));
      return { ...group, members };
    },
    removeFromGroup(accountId) {
      groupMembers.delete(accountId);
      recorders.delete(accountId);
      cancelBuild.get(accountId)?.();
    },
    holdAt(accountId, status) {
      if (status === undefined) held.delete(accountId);
      else held.set(accountId, status);
    },
  };
}
