import { seededRandom } from '../../world/random.ts';
import type { RecordedCall } from '../../world/recorded-call.ts';
import type { World } from '../../world/world.ts';
import {
  type AccountStatus,
  type DirectoryAccount,
  type DirectoryData,
  type Folder,
  type Handshake,
  isMember,
  type NewAccount,
} from './directory-data.ts';

const DAY_MS = 86_400_000;

export interface DirectoryOptions {
  readonly world: World;
  /** Default `1000000000000001`. */
  readonly managementAccountId?: string;
  /** Of ids and names. Default 1. */
  readonly seed?: number;
  /** How many members there are from the start, for a day, named `member-1` and so on. Default 0. */
  readonly members?: number;
  /** False: every operation answers `ResourceDirectoryNotInUse`. Default true. */
  readonly enabled?: boolean;
  /** Above it `CreateResourceAccount` and invitations are refused. Default: none. */
  readonly memberLimit?: number;
  /** What `data()` gave before: it goes on from there, and has no other members. */
  readonly saved?: DirectoryData;
}

/** The resource directory: its state, and in-process ways to change it. */
export interface Directory {
  readonly world: World;
  readonly managementAccountId: string;
  readonly resourceDirectoryId: string;
  readonly rootFolderId: string;
  readonly enabled: boolean;
  readonly memberLimit: number;
  readonly createdAtMs: number;
  /** In the order they were added. The management account is not among them. */
  accounts(): readonly DirectoryAccount[];
  account(accountId: string): DirectoryAccount | undefined;
  /** Throws when the id is taken or the folder does not exist. */
  addAccount(account: NewAccount): DirectoryAccount;
  /** `Removed`: it leaves, and stays listed. Throws when there is no such account. */
  setStatus(accountId: string, status: AccountStatus): DirectoryAccount;
  /** Throws when there is no such account. */
  removeAccount(accountId: string): void;
  folder(folderId: string): Folder | undefined;
  subfolders(parentId: string): readonly Folder[];
  /** Default parent: the root folder. Throws when the parent does not exist. */
  createFolder(name: string, parentId?: string): Folder;
  /** The folder with all above it, from the root down. Throws when there is no such folder. */
  foldersTo(folderId: string): readonly Folder[];
  addHandshake(targetAccountId: string, note: string): Handshake;
  handshakes(): readonly Handshake[];
  /** The invited account becomes a member. Throws when there is no such handshake. */
  acceptHandshake(handshakeId: string): Handshake;
  /** When an account becomes a member, and only the first time. */
  onJoined(listener: (account: DirectoryAccount) => void): void;
  onRemoved(listener: (accountId: string) => void): void;
  /** Every write operation that came over HTTP, refused ones too. */
  onCall(listener: (call: RecordedCall) => void): void;
  notifyCall(call: RecordedCall): void;
  data(): DirectoryData;
}

/** An invitation that nobody accepts. Source: the samples of `InviteAccountToResourceDirectory`. */
const INVITATION_LASTS_MS = 14 * 24 * 60 * 60 * 1000;

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function createDirectory(options: DirectoryOptions): Directory {
  const { world, managementAccountId = '1000000000000001', members = 0, saved } = options;
  const { clock } = world;
  const random = seededRandom(options.seed ?? 1);
  const accounts = new Map<string, DirectoryAccount>();
  const folders = new Map<string, Folder>();
  const handshakes = new Map<string, Handshake>();
  const joined = new Set<string>();
  const joinListeners: ((account: DirectoryAccount) => void)[] = [];
  const removalListeners: ((accountId: string) => void)[] = [];
  const callListeners: ((call: RecordedCall) => void)[] = [];

  function newId(prefix: string, length: number): string {
    for (;;) {
      const letters = Array.from({ length }, () => ID_ALPHABET[Math.floor(random() * 62)]);
      const id = `${prefix}-${letters.join('')}`;
      if (!folders.has(id) && !handshakes.has(id)) return id;
    }
  }

  function newAccountId(): string {
    for (;;) {
      const digits = Array.from({ length: 15 }, () => Math.floor(random() * 10));
      const accountId = `1${digits.join('')}`;
      if (!accounts.has(accountId) && accountId !== managementAccountId) return accountId;
    }
  }

  const resourceDirectoryId = saved?.resourceDirectoryId ?? newId('rd', 6);
  const rootFolderId = saved?.rootFolderId ?? newId('r', 6);
  const createdAtMs = saved?.createdAtMs ?? clock.now();
  folders.set(rootFolderId, { folderId: rootFolderId, name: 'root', createdAtMs });

  function store(account: DirectoryAccount): DirectoryAccount {
    accounts.set(account.accountId, account);
    if (isMember(account) && !joined.has(account.accountId)) {
      joined.add(account.accountId);
      for (const listener of joinListeners) listener(account);
    }
    return account;
  }

  function leave(accountId: string): void {
    if (!joined.delete(accountId)) return;
    for (const listener of removalListeners) listener(accountId);
  }

  function existing(accountId: string): DirectoryAccount {
    const account = accounts.get(accountId);
    if (account === undefined) throw new Error(`There is no account ${accountId}.`);
    return account;
  }

  function existingFolder(folderId: string): Folder {
    const folder = folders.get(folderId);
    if (folder === undefined) throw new Error(`There is no folder ${folderId}.`);
    return folder;
  }

  function addAccount(account: NewAccount): DirectoryAccount {
    const joinMethod = account.joinMethod ?? 'created';
    const accountId = account.accountId ?? newAccountId();
    const folderId = account.folderId ?? rootFolderId;
    if (!/^\d{16}$/.test(accountId)) throw new Error(`An account id has 16 digits: ${accountId}`);
    if (accounts.has(accountId)) throw new Error(`The account ${accountId} exists already.`);
    existingFolder(folderId);
    return store({
      accountId,
      displayName: account.displayName,
      folderId,
      joinMethod,
      joinedAtMs: account.joinedAtMs ?? clock.now(),
      modifiedAtMs: account.joinedAtMs ?? clock.now(),
      status: account.status ?? (joinMethod === 'created' ? 'CreateSuccess' : 'InviteSuccess'),
      type: joinMethod === 'created' ? 'ResourceAccount' : 'CloudAccount',
      tags: account.tags ?? {},
    });
  }

  function restore(data: DirectoryData): void {
    for (const folder of data.folders) folders.set(folder.folderId, folder);
    for (const handshake of data.handshakes) handshakes.set(handshake.handshakeId, handshake);
    for (const account of data.accounts) store(account);
  }

  if (saved !== undefined) restore(saved);
  for (let number = 1; saved === undefined && number <= members; number++) {
    addAccount({ displayName: `member-${number}`, joinedAtMs: createdAtMs - DAY_MS });
  }

  return {
    world,
    managementAccountId,
    resourceDirectoryId,
    rootFolderId,
    get enabled() {
      return (options.enabled ?? true) && world.activation.isActivated('resource-directory');
    },
    memberLimit: options.memberLimit ?? Number.POSITIVE_INFINITY,
    createdAtMs,
    accounts: () => [...accounts.values()],
    account: (accountId) => accounts.get(accountId),
    addAccount,
    setStatus(accountId, status) {
      const account = existing(accountId);
      const type = status === 'PromoteSuccess' ? 'CloudAccount' : account.type;
      if (status === 'Removed') leave(accountId);
      return store({ ...account, status, type, modifiedAtMs: clock.now() });
    },
    removeAccount(accountId) {
      existing(accountId);
      accounts.delete(accountId);
      leave(accountId);
    },
    folder: (folderId) => folders.get(folderId),
    subfolders: (parentId) => [...folders.values()].filter((each) => each.parentId === parentId),
    createFolder(name, parentId = rootFolderId) {
      existingFolder(parentId);
      const folder = { folderId: newId('fd', 10), name, parentId, createdAtMs: clock.now() };
      folders.set(folder.folderId, folder);
      return folder;
    },
    foldersTo(folderId) {
      const path: Folder[] = [];
      for (
        let folder: Folder | undefined = existingFolder(folderId);
        folder !== undefined;
        folder = folder.parentId === undefined ? undefined : folders.get(folder.parentId)
      ) {
        path.unshift(folder);
      }
      return path;
    },
    addHandshake(targetAccountId, note) {
      const nowMs = clock.now();
      const handshake: Handshake = {
        handshakeId: newId('h', 8),
        targetAccountId,
        note,
        status: 'Pending',
        createdAtMs: nowMs,
        modifiedAtMs: nowMs,
        expiresAtMs: nowMs + INVITATION_LASTS_MS,
      };
      handshakes.set(handshake.handshakeId, handshake);
      return handshake;
    },
    handshakes: () => [...handshakes.values()],
    acceptHandshake(handshakeId) {
      const pending = handshakes.get(handshakeId);
      if (pending === undefined) throw new Error(`There is no handshake ${handshakeId}.`);
      const { targetAccountId } = pending;
      addAccount({
        accountId: targetAccountId,
        displayName: `account-${targetAccountId.slice(-4)}`,
        joinMethod: 'invited',
      });
      const accepted: Handshake = { ...pending, status: 'Accepted', modifiedAtMs: clock.now() };
      handshakes.set(handshakeId, accepted);
      return accepted;
    },
    onJoined: (listener) => void joinListeners.push(listener),
    onRemoved: (listener) => void removalListeners.push(listener),
    onCall: (listener) => void callListeners.push(listener),
    notifyCall(call) {
      for (const listener of callListeners) listener(call);
    },
    data: () => ({
      resourceDirectoryId,
      rootFolderId,
      createdAtMs,
      accounts: [...accounts.values()],
      folders: [...folders.values()],
      handshakes: [...handshakes.values()],
    }),
  };
}
