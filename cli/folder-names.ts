import { type CloudError, isCloudError } from '../workflows/onboarding/errors.ts';
import { withRetries } from '../workflows/onboarding/retry.ts';
import type { Operator } from './operator.ts';
import { readRetryContext } from './retry-reads.ts';

/** Ids of folders, from the root folder down. */
export type FolderPath = readonly string[];

export interface FolderNames {
  /** Names, and ids where they are not known. */
  readonly of: (path: FolderPath) => string[];
  /** Why names could not be read. */
  readonly error?: CloudError;
}

/** A remark is not worth more. */
const LONGEST_READ_MS = 15_000;
/** `ListFoldersForParent` is asked this often at once. */
const MOST_AT_ONCE = 5;
/** What the resource directory calls it; no listing has it. */
const ROOT = 'Root';

/**
 * The names of the folders in these paths: a call for each folder that has another below it there,
 * whatever the number of accounts. What can't be read is shown by its id. Safe to repeat.
 */
export async function readFolderNames(
  paths: readonly FolderPath[],
  operator: Operator,
): Promise<FolderNames> {
  const names = new Map<string, string>();
  const nameOf = (folderId: string) =>
    names.get(folderId) ?? (folderId.startsWith('r-') ? ROOT : folderId);
  const of = (path: FolderPath) => path.map(nameOf);
  const parents = [...new Set(paths.flatMap((path) => path.slice(0, -1)))];
  if (parents.length === 0) return { of };
  const folders = await operator.folders();
  const retry = await readRetryContext(operator);
  const inTime = { ...retry, deadlineMs: operator.clock.now() + LONGEST_READ_MS };

  async function readBelow(parentId: string): Promise<void> {
    for (let pageNumber = 1; ; pageNumber += 1) {
      const page = await withRetries(
        (options) => folders.list(parentId, pageNumber, options),
        inTime,
      );
      for (const { folderId, folderName } of page.folders) names.set(folderId, folderName);
      if (pageNumber * folders.pageSize >= page.totalCount) return;
    }
  }

  try {
    for (let next = 0; next < parents.length; next += MOST_AT_ONCE) {
      await Promise.all(parents.slice(next, next + MOST_AT_ONCE).map(readBelow));
    }
    return { of };
  } catch (error) {
    if (!isCloudError(error)) throw error;
    return { of, error };
  }
}
