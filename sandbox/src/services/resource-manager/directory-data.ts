/**
 * An account that is in one of these has joined: it is a member. Source: the comment on the status in
 * `GetAccountResponseBody` of the official SDK, "the status of the member".
 */
const MEMBER_STATUSES = [
  'CreateSuccess',
  'InviteSuccess',
  'PromoteCancelled',
  'PromoteExpired',
  'PromoteFailed',
  'PromoteSuccess',
  'PromoteVerifying',
] as const;

export type AccountStatus =
  | (typeof MEMBER_STATUSES)[number]
  | 'CreateCancelled'
  | 'CreateExpired'
  | 'CreateFailed'
  | 'CreateVerifying'
  | 'Removed';

/** An account as the resource directory keeps it. */
export interface DirectoryAccount {
  readonly accountId: string;
  readonly displayName: string;
  readonly folderId: string;
  readonly joinMethod: 'created' | 'invited';
  readonly joinedAtMs: number;
  readonly modifiedAtMs: number;
  readonly status: AccountStatus;
  readonly type: 'ResourceAccount' | 'CloudAccount';
  readonly tags: Tags;
}

/** By key. */
export type Tags = Readonly<Record<string, string>>;

export interface Folder {
  readonly folderId: string;
  readonly name: string;
  /** Absent for the root folder. */
  readonly parentId?: string;
  readonly createdAtMs: number;
}

export interface Handshake {
  readonly handshakeId: string;
  readonly targetAccountId: string;
  readonly note: string;
  readonly status: 'Pending' | 'Accepted';
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  readonly expiresAtMs: number;
}

export interface NewAccount {
  readonly displayName: string;
  /** Default `created`. */
  readonly joinMethod?: 'created' | 'invited';
  /** Milliseconds since 1970. Default: now. */
  readonly joinedAtMs?: number;
  /** Default: the root folder. */
  readonly folderId?: string;
  /** Default: the success of the join method. */
  readonly status?: AccountStatus;
  /** 16 digits. Default: the next one of the seed. */
  readonly accountId?: string;
  /** Default none. */
  readonly tags?: Tags;
}

/** All that the directory knows, as plain data. */
export interface DirectoryData {
  readonly resourceDirectoryId: string;
  readonly rootFolderId: string;
  readonly createdAtMs: number;
  /** In the order they were added. The management account is not among them. */
  readonly accounts: readonly DirectoryAccount[];
  /** The root folder first. */
  readonly folders: readonly Folder[];
  readonly handshakes: readonly Handshake[];
}

export function isMember(account: DirectoryAccount): boolean {
  return MEMBER_STATUSES.some((status) => status === account.status);
}
