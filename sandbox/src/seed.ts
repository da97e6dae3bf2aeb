import type { ConfigOptions, RecorderStatus } from './services/config/config-data.ts';
import type { Directory } from './services/resource-manager/directory.ts';
import type { AccountStatus, Folder } from './services/resource-manager/directory-data.ts';

const DAY_MS = 86_400_000;

/** What there is from the start, and again after each `reset()`. Plain data. */
export interface Seed {
  /** Paths below the root folder, `Production/Web`; parents are created with them. */
  readonly folders?: readonly string[];
  /**
   * Who is in the directory; a number: so many, named `member-1` and so on, who joined a day ago.
   * Default none.
   */
  readonly members?: number | readonly SeedMember[];
  /** How Cloud Config starts, and how long its work takes. */
  readonly config?: ConfigOptions;
}

export interface SeedMember {
  readonly displayName: string;
  /** 16 digits. Default: the next of a sequence that is always the same. */
  readonly accountId?: string;
  /** A path, which is created where it is not there yet. Default: the root folder. */
  readonly folder?: string;
  /** By key. Default none. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Default `created`. */
  readonly joinMethod?: 'created' | 'invited';
  /** ISO 8601. Default: a day ago. */
  readonly joinedAt?: string;
  /** Default: the success of the join method. */
  readonly status?: AccountStatus;
  /** How its recorder starts. Default: what `config.organization` says. */
  readonly recorder?: RecorderStatus;
  /** The recorder never leaves that status. Default false. */
  readonly recorderIsStuck?: boolean;
}

/**
 * Puts folders, and members that are named, into a directory. Returns how Cloud Config starts with
 * them. Throws an `Error` that says which can't be.
 */
export function seedDirectory(directory: Directory, seed: Seed): ConfigOptions {
  const recorders: Record<string, RecorderStatus> = { ...seed.config?.recorders };
  const stuckMembers: Record<string, RecorderStatus> = { ...seed.config?.stuckMembers };
  for (const path of seed.folders ?? []) folderAt(directory, path);
  for (const member of typeof seed.members === 'object' ? seed.members : []) {
    const { folder, joinedAt, recorder, recorderIsStuck = false, ...account } = member;
    const joinedAtMs =
      joinedAt === undefined ? directory.createdAtMs - DAY_MS : Date.parse(joinedAt);
    if (Number.isNaN(joinedAtMs)) {
      throw new Error(`joinedAt of ${member.displayName} is not a time in ISO 8601: ${joinedAt}`);
    }
    if (recorderIsStuck && recorder === undefined) {
      throw new Error(
        `The recorder of ${member.displayName} is stuck: say where, by \`recorder\`.`,
      );
    }
    const { accountId } = directory.addAccount({
      ...account,
      joinedAtMs,
      ...(folder === undefined ? {} : { folderId: folderAt(directory, folder).folderId }),
    });
    if (recorder !== undefined) recorders[accountId] = recorder;
    if (recorder !== undefined && recorderIsStuck) stuckMembers[accountId] = recorder;
  }
  return { ...seed.config, recorders, stuckMembers };
}

/** The folder at a path, with all above it. Created where it is not there. */
function folderAt(directory: Directory, path: string): Folder {
  const names = path.split('/');
  if (names.includes('')) throw new Error(`A folder's path has names between slashes: '${path}'`);
  let parentId = directory.rootFolderId;
  let folder: Folder | undefined;
  for (const name of names) {
    folder =
      directory.subfolders(parentId).find((each) => each.name === name) ??
      directory.createFolder(name, parentId);
    parentId = folder.folderId;
  }
  if (folder === undefined) throw new Error(`There is no folder at '${path}'.`);
  return folder;
}
