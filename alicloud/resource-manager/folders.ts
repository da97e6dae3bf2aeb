import * as sdk from '@alicloud/resourcemanager20200331';
import * as v from 'valibot';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { createResourceManagerClient, type ResourceManagerOptions } from './client.ts';

const PAGE_SIZE = 100;

const foldersSchema = v.object({
  totalCount: v.number(),
  folders: v.object({
    folder: v.array(v.object({ folderId: v.string(), folderName: v.string() })),
  }),
});

/** Of the resource directory. */
export interface Folders {
  /** Folders on a page, at most. */
  readonly pageSize: number;
  /** Those right in a folder. Pages are numbered from 1. Safe to repeat; rejects with a `CloudError`. */
  list(parentId: string, pageNumber: number, options: CallOptions): Promise<FolderPage>;
}

export interface FolderPage {
  readonly totalCount: number;
  readonly folders: readonly { readonly folderId: string; readonly folderName: string }[];
}

export function createFolders(options: ResourceManagerOptions): Folders {
  const client = createResourceManagerClient(options);
  return {
    pageSize: PAGE_SIZE,

    async list(parentFolderId, pageNumber, callOptions) {
      const request = new sdk.ListFoldersForParentRequest({
        parentFolderId,
        pageNumber,
        pageSize: PAGE_SIZE,
      });
      const { folders, totalCount } = await client.call(
        'ListFoldersForParent',
        foldersSchema,
        (resourceManager) => resourceManager.listFoldersForParent(request),
        callOptions,
      );
      return { totalCount, folders: folders.folder };
    },
  };
}
