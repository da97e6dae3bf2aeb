import { errorFrom } from '../../protocols/service-error.ts';
import type { Directory } from './directory.ts';
import { resourceManagerErrors } from './errors.ts';

/** The folder's id, by default the root folder's. Throws `EntityNotExists.Folder`. */
export function requireFolder(directory: Directory, folderId = directory.rootFolderId): string {
  if (directory.folder(folderId) === undefined) {
    throw errorFrom(resourceManagerErrors, 'EntityNotExists.Folder');
  }
  return folderId;
}
