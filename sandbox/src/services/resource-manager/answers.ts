import type { JsonObject } from '../../protocols/rpc/json.ts';
import type { Directory } from './directory.ts';
import type { DirectoryAccount, Handshake } from './directory-data.ts';

/** `2026-11-20T03:04:05Z`: Resource Management's times have no milliseconds. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** What every answer says of an account; others add its name, tags and path. */
export function accountAnswer(directory: Directory, account: DirectoryAccount): JsonObject {
  return {
    AccountId: account.accountId,
    DisplayName: account.displayName,
    FolderId: account.folderId,
    JoinMethod: account.joinMethod,
    JoinTime: isoTime(account.joinedAtMs),
    ModifyTime: isoTime(account.modifiedAtMs),
    ResourceDirectoryId: directory.resourceDirectoryId,
    Status: account.status,
    Type: account.type,
  };
}

/** From the directory down to the account itself, by ids. */
export function accountPath(directory: Directory, account: DirectoryAccount): string {
  const folderIds = directory.foldersTo(account.folderId).map((folder) => folder.folderId);
  return [directory.resourceDirectoryId, ...folderIds, account.accountId].join('/');
}

/** What an account signs in with. Who was invited has brought a name of its own. */
export function accountName(directory: Directory, account: DirectoryAccount): string {
  const isOfDirectory = account.joinMethod === 'created';
  const host = isOfDirectory ? `${directory.resourceDirectoryId}.aliyunid.com` : 'example.com';
  return `${account.accountId}@${host}`;
}

/** Whom the real-name verification of the management account, and so of the directory, names. */
export const IDENTITY_INFORMATION = 'Example Co., Ltd.';

export function handshakeAnswer(directory: Directory, handshake: Handshake): JsonObject {
  return {
    HandshakeId: handshake.handshakeId,
    Status: handshake.status,
    TargetType: 'Account',
    TargetEntity: handshake.targetAccountId,
    Note: handshake.note,
    MasterAccountId: directory.managementAccountId,
    MasterAccountName: MANAGEMENT_ACCOUNT_NAME,
    ResourceDirectoryId: directory.resourceDirectoryId,
    CreateTime: isoTime(handshake.createdAtMs),
    ModifyTime: isoTime(handshake.modifiedAtMs),
    ExpireTime: isoTime(handshake.expiresAtMs),
  };
}

export const MANAGEMENT_ACCOUNT_NAME = 'management';
