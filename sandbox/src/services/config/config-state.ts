import type { World } from '../../world/world.ts';
import type { Directory } from '../resource-manager/directory.ts';
import { type DirectoryAccount, isMember } from '../resource-manager/directory-data.ts';
import type {
  ConfigData,
  ConfigOptions,
  GroupData,
  Joining,
  OrganizationStatus,
  Recorder,
  RecorderStatus,
} from './config-data.ts';

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
  data(): ConfigData;
}

/** `saved`: what `data()` gave before; then how it starts is left out of the options. */
export function createConfigState(setup: {
  readonly world: World;
  readonly directory: Directory;
  readonly options?: ConfigOptions;
  readonly saved?: ConfigData;
}): ConfigState {
  const { directory, options = {}, saved } = setup;
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

  let organization: Omit<ConfigData['organization'], 'status'> = {};
  let group: GroupData | undefined;
  const groupMembers = new Set<string>();
  const recorders = new Map<string, Recorder>();
  const held = new Map<string, RecorderStatus>();
  const joining = new Map<string, Joining>();

  /** One that is off, too. */
  function startRecorder(accountId: string): void {
    if (recorders.get(accountId)?.registeredAtMs !== undefined) return;
    recorders.set(accountId, { registeredAtMs: clock.now() + memberBuildMs });
  }

  function joinGroup({ accountId }: DirectoryAccount): void {
    if (groupMembers.has(accountId) || groupMembers.size >= groupMemberLimit) return;
    groupMembers.add(accountId);
    // A member with a recorder of its own keeps it.
    startRecorder(accountId);
  }

  function joinLater(waiting: Joining): void {
    const { accountId, atMs } = waiting;
    joining.set(accountId, waiting);
    clock.at(atMs, () => {
      if (joining.get(accountId) !== waiting) return;
      joining.delete(accountId);
      const account = directory.account(accountId);
      if (account !== undefined && account.status !== 'Removed') joinGroup(account);
    });
  }

  function createGroup(normalAtMs: number): void {
    group = {
      aggregatorId: `ca-${directory.resourceDirectoryId.slice(3).toLowerCase()}a1b2c3d4e5f60001`,
      aggregatorName: 'enterprise',
      ownerAccountId: groupOwnerAccountId,
      createdAtMs: clock.now(),
      normalAtMs,
    };
  }

  function joinAllMembers(except: readonly string[] = []): void {
    for (const account of directory.accounts()) {
      if (isMember(account) && !except.includes(account.accountId)) joinGroup(account);
    }
  }

  /** From the options. */
  function begin(): void {
    const nowMs = clock.now();
    if (startingPoint !== 'not-activated') {
      recorders.set(directory.managementAccountId, { registeredAtMs: nowMs });
    }
    if (startingPoint === 'on') {
      organization = { registeredAtMs: nowMs };
      createGroup(nowMs);
      for (const account of directory.accounts()) {
        if (isMember(account)) recorders.set(account.accountId, { registeredAtMs: nowMs });
      }
      for (const accountId of options.missingMembers ?? []) recorders.delete(accountId);
      joinAllMembers(options.missingMembers);
    }
    for (const [accountId, status] of Object.entries(options.recorders ?? {})) {
      recorders.set(accountId, recorderIn(status, nowMs));
    }
    for (const [accountId, status] of Object.entries(options.stuckMembers ?? {})) {
      held.set(accountId, status);
    }
  }

  function recorderIn(status: RecorderStatus, nowMs: number): Recorder {
    if (status === 'REGISTRABLE') return {};
    if (status === 'REGISTERED') return { registeredAtMs: nowMs };
    return { registeredAtMs: nowMs + memberBuildMs, rebuilding: status === 'REBUILDING' };
  }

  function restore({ organization: known, group: whole, ...rest }: ConfigData): void {
    const { status: _, ...times } = known;
    organization = times;
    if (whole !== undefined) {
      const { status: _status, accountIds, ...kept } = whole;
      group = kept;
      for (const accountId of accountIds) groupMembers.add(accountId);
    }
    for (const [accountId, { status: _status, ...recorder }] of Object.entries(rest.recorders)) {
      recorders.set(accountId, recorder);
    }
    for (const [accountId, status] of Object.entries(rest.held)) held.set(accountId, status);
    for (const waiting of rest.joining) joinLater(waiting);
  }

  if (saved === undefined) begin();
  else restore(saved);

  directory.onJoined((account) => {
    if (organization.registeredAtMs === undefined) return;
    joinLater({ accountId: account.accountId, atMs: clock.now() + joinDelayMs });
  });
  directory.onRemoved((accountId) => groupMembers.delete(accountId));

  function statusOf({ registeredAtMs, rebuilding }: Recorder): RecorderStatus {
    if (registeredAtMs === undefined) return 'REGISTRABLE';
    if (clock.now() >= registeredAtMs) return 'REGISTERED';
    return rebuilding ? 'REBUILDING' : 'BUILDING';
  }

  function recorderStatus(accountId: string): RecorderStatus | undefined {
    const recorder = recorders.get(accountId);
    return recorder === undefined ? undefined : (held.get(accountId) ?? statusOf(recorder));
  }

  function organizationStatus(): OrganizationStatus {
    const { registeredAtMs } = organization;
    if (registeredAtMs === undefined) return 'REGISTRABLE';
    return clock.now() >= registeredAtMs ? 'REGISTERED' : 'BUILDING';
  }

  const groupStatus = ({ normalAtMs }: GroupData) => (clock.now() >= normalAtMs ? 1 : 0);

  return {
    directory,
    accountIdAs: options.accountIdAs ?? 'number',
    needsServiceLinkedRolePermission: options.needsServiceLinkedRolePermission ?? true,
    organizationStatus,
    recorderStatus,
    isInitializing: (accountId) =>
      accountId === directory.managementAccountId &&
      clock.now() < (organization.initializingUntilMs ?? Number.NEGATIVE_INFINITY),
    startRecorder,
    startEnterpriseMode() {
      startRecorder(directory.managementAccountId);
      if (organization.registeredAtMs === undefined) {
        const nowMs = clock.now();
        organization = {
          registeredAtMs: nowMs + organizationBuildMs,
          initializingUntilMs: nowMs + initializationMs,
        };
        createGroup(nowMs + groupCreateMs);
      }
      joinAllMembers();
      for (const accountId of groupMembers) startRecorder(accountId);
    },
    groupOf(accountId) {
      if (group === undefined || group.ownerAccountId !== accountId) return undefined;
      const { normalAtMs: _, ...shown } = group;
      const members = [...groupMembers].map((memberId) => ({
        accountId: memberId,
        accountName: directory.account(memberId)?.displayName ?? '',
        recorderStatus: recorderStatus(memberId) ?? 'REGISTRABLE',
      }));
      return { ...shown, aggregatorStatus: groupStatus(group), members };
    },
    removeFromGroup(accountId) {
      groupMembers.delete(accountId);
      recorders.delete(accountId);
    },
    holdAt(accountId, status) {
      if (status === undefined) held.delete(accountId);
      else held.set(accountId, status);
    },
    data: () => ({
      organization: { status: organizationStatus(), ...organization },
      ...(group === undefined
        ? {}
        : { group: { ...group, status: groupStatus(group), accountIds: [...groupMembers] } }),
      recorders: Object.fromEntries(
        [...recorders].map(([accountId, recorder]) => {
          const status = held.get(accountId) ?? statusOf(recorder);
          return [accountId, { status, ...recorder }];
        }),
      ),
      held: Object.fromEntries(held),
      joining: [...joining.values()],
    }),
  };
}
