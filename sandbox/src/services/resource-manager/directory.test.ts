import { expect, test } from 'vitest';
import { createWorld } from '../../world/world.ts';
import { createDirectory } from './directory.ts';

const world = createWorld({ speed: 0 });
const ids = (seed: number, members: number) =>
  createDirectory({ world, seed, members })
    .accounts()
    .map((account) => account.accountId);

test('ids come from the seed, have 16 digits, and are all different', () => {
  const many = ids(1, 2000);
  expect(new Set(many).size).toBe(2000);
  expect(many.every((id) => /^\d{16}$/.test(id))).toBe(true);
  expect(ids(1, 2000)).toEqual(many);
  expect(ids(2, 10)).not.toEqual(many.slice(0, 10));
});

test('an account joins once, when it first becomes a member', () => {
  const directory = createDirectory({ world });
  const joined: string[] = [];
  directory.onJoined((account) => joined.push(account.status));
  const { accountId } = directory.addAccount({ displayName: 'a', status: 'CreateVerifying' });
  expect(joined).toEqual([]);
  directory.setStatus(accountId, 'CreateSuccess');
  directory.setStatus(accountId, 'PromoteVerifying');
  directory.setStatus(accountId, 'PromoteSuccess');
  expect(joined).toEqual(['CreateSuccess']);
});

test('refuses what can not be', () => {
  const directory = createDirectory({ world, members: 1 });
  const taken = directory.accounts()[0]?.accountId ?? '';
  expect(() => directory.addAccount({ displayName: 'a', accountId: taken })).toThrow('exists');
  expect(() => directory.addAccount({ displayName: 'a', accountId: '12' })).toThrow('16 digits');
  expect(() => directory.addAccount({ displayName: 'a', folderId: 'fd-none' })).toThrow('folder');
  expect(() => directory.createFolder('a', 'fd-none')).toThrow('folder');
  expect(() => directory.removeAccount('1')).toThrow('no account');
  expect(() => directory.acceptHandshake('h-none')).toThrow('no handshake');
});
