import type { JsonObject } from '../../protocols/rpc/json.ts';
import type { Directory } from './directory.ts';
import type { DirectoryAccount, Handshake } from './directory-data.ts';

/** `2026-11-20T03:04:05Z`: Resource Management's times have no milliseconds. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** What every answer says of an account; lists add tags and the path. */
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

/** From the directory down to the account itself. */
export function accountPath(directory: Directory, account: DirectoryAccount): string {
  return `${directory.pathOf(account.folderId)}/${account.accountId}`;
}

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
