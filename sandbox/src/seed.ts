import type { ConfigOptions } from './services/config/config-state.ts';
import type { AccountStatus, Directory, Folder } from './services/resource-manager/directory.ts';

/** What there is from the start, and again after each `reset()`. Plain data. */
export interface Seed {
  /** Paths below the root folder, `Production/Web`; parents are created with them. */
  readonly folders?: readonly string[];
  /** Who is in the directory; a number: so many, named `member-1` and so on. Default none. */
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
  /** Default `created`. */
  readonly joinMethod?: 'created' | 'invited';
  /** ISO 8601. Default: now. */
  readonly joinedAt?: string;
  /** Default: the success of the join method. */
  readonly status?: AccountStatus;
}

/** Puts folders, and members that are named, into a directory. Throws an `Error` that says which can't be. */
export function seedDirectory(directory: Directory, seed: Seed): void {
  for (const path of seed.folders ?? []) folderAt(directory, path);
  for (const member of typeof seed.members === 'object' ? seed.members : []) {
    const { folder, joinedAt, ...account } = member;
    const joinedAtMs = joinedAt === undefined ? undefined : Date.parse(joinedAt);
    if (Number.isNaN(joinedAtMs)) {
      throw new Error(`joinedAt of ${member.displayName} is not a time in ISO 8601: ${joinedAt}`);
    }
    directory.addAccount({
      ...account,
      ...(joinedAtMs === undefined ? {} : { joinedAtMs }),
      ...(folder === undefined ? {} : { folderId: folderAt(directory, folder).folderId }),
    });
  }
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
