import { type RpcOperation, rpcOperation } from '../../protocols/rpc/operation.ts';
import { cutPage, pageAnswer, readPage } from '../../protocols/rpc/pages.ts';
import { isoTime } from './answers.ts';
import type { Directory } from './directory.ts';
import { requireFolder, requireManagementAccount } from './requirements.ts';

/**
 * `ListFoldersForParent`: the folders right in a folder (default: the root) with
 * the keyword in their name, by page.
 */
export function listFoldersForParent(directory: Directory): RpcOperation {
  return rpcOperation({
    parameters: (read) => ({
      page: readPage(read, 100),
      parentFolderId: read.text('ParentFolderId'),
      keyword: read.text('QueryKeyword') ?? '',
    }),
    action: 'resourcemanager:ListFoldersForParent',
    resource: () => '*',
    handle({ caller, parameters: { page, parentFolderId, keyword } }) {
      requireManagementAccount(directory, caller);
      const folders = directory
        .subfolders(requireFolder(directory, parentFolderId))
        .filter((folder) => folder.name.includes(keyword));
      return {
        ...pageAnswer(folders, page),
        Folders: {
          Folder: cutPage(folders, page).map((folder) => ({
            FolderId: folder.folderId,
            FolderName: folder.name,
            CreateTime: isoTime(folder.createdAtMs),
          })),
        },
      };
    },
  });
}
