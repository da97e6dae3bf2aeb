import * as sdk from '@alicloud/resourcemanager20200331';
import * as v from 'valibot';
import type { CallOptions, Directory, DirectoryAccount } from '../../workflows/onboarding/ports.ts';
import { createResourceManagerClient, type ResourceManagerOptions } from './client.ts';

const PAGE_SIZE = 100;

const accountsSchema = v.object({
  // Required: an answer without them must not read as a directory without accounts. The SDK
  // resolves a 200 that carries an error code.
  totalCount: v.number(),
  accounts: v.object({
    account: v.array(
      v.object({
        accountId: v.pipe(v.string(), v.minLength(1)),
        displayName: v.optional(v.string()),
        folderId: v.optional(v.string()),
        joinTime: v.optional(v.string()),
        resourceDirectoryPath: v.optional(v.string()),
        status: v.string(),
      }),
    ),
  }),
});

const directorySchema = v.object({
  resourceDirectory: v.object({
    masterAccountId: v.pipe(v.string(), v.minLength(1)),
    resourceDirectoryId: v.optional(v.string()),
  }),
});

export interface OwnedDirectory extends Directory {
  /** Safe to repeat. */
  owner(options: CallOptions): Promise<DirectoryOwner>;
}

/** Whose a resource directory is. */
export interface DirectoryOwner {
  readonly managementAccountId: string;
  /** For example `rd-a1b2c3`; absent where the service leaves it out. */
  readonly directoryId?: string;
}

export function createDirectory(options: ResourceManagerOptions): OwnedDirectory {
  const client = createResourceManagerClient(options);

  async function owner(callOptions: CallOptions): Promise<DirectoryOwner> {
    const { resourceDirectory } = await client.call(
      'GetResourceDirectory',
      directorySchema,
      (resourceManager) => resourceManager.getResourceDirectory(),
      callOptions,
    );
    const { masterAccountId, resourceDirectoryId } = resourceDirectory;
    return {
      managementAccountId: masterAccountId,
      ...(resourceDirectoryId === undefined ? {} : { directoryId: resourceDirectoryId }),
    };
  }

  return {
    pageSize: PAGE_SIZE,

    owner,

    async managementAccountId(callOptions) {
      return (await owner(callOptions)).managementAccountId;
    },

    async listAccounts(pageNumber, callOptions) {
      const request = new sdk.ListAccountsRequest({ pageNumber, pageSize: PAGE_SIZE });
      const { accounts, totalCount } = await client.call(
        'ListAccounts',
        accountsSchema,
        (resourceManager) => resourceManager.listAccounts(request),
        callOptions,
      );
      return { totalCount, accounts: accounts.account.map(toAccount) };
    },
  };
}

type ListedAccount = v.InferOutput<typeof accountsSchema>['accounts']['account'][number];

function toAccount(account: ListedAccount): DirectoryAccount {
  const { accountId, displayName, status, joinTime } = account;
  const joinedAtMs = joinTime === undefined ? undefined : instant(joinTime);
  return {
    accountId,
    status,
    folderIds: folderIds(account),
    name: displayName,
    joinedAtMs,
  };
}

/** Of `rd-x/r-x/fd-x/accountId`: the root folder `r-` and the folders `fd-`. */
function folderIds({ resourceDirectoryPath, folderId }: ListedAccount): string[] {
  const inPath = (resourceDirectoryPath ?? '').split('/').filter((id) => /^(r|fd)-/.test(id));
  return inPath.length === 0 && folderId !== undefined ? [folderId] : inPath;
}

/** `undefined` for what is not a point in time by itself, such as one without its zone. */
function instant(text: string): number | undefined {
  const ms = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
