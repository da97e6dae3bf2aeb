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

test('its data is all of it: another one goes on from there, with new ids', () => {
  const directory = createDirectory({ world, members: 3 });
  const { folderId } = directory.createFolder('apps');
  directory.addAccount({ displayName: 'shop', folderId });
  directory.addHandshake('1000000000000042', 'join us');
  const saved = JSON.parse(JSON.stringify(directory.data()));
  const copy = createDirectory({ world, members: 9, saved });
  expect(copy.data()).toEqual(directory.data());
  expect(copy.foldersTo(folderId)).toEqual(directory.foldersTo(folderId));
  const joined: string[] = [];
  copy.onJoined(({ displayName }) => joined.push(displayName));
  copy.createFolder('more');
  copy.addAccount({ displayName: 'new' });
  copy.acceptHandshake(saved.handshakes[0].handshakeId);
  expect(copy.data().folders).toHaveLength(3);
  expect(copy.accounts()).toHaveLength(6);
  expect(joined).toEqual(['new', 'account-0042']);
});
