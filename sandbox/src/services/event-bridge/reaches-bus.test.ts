import { expect, onTestFinished, test } from 'vitest';
import { createSandbox, type SandboxOptions } from '../../index.ts';
import { createDirectoryUser } from '../../testing/directory-user.ts';

const INVITED = '1000000000000042';

/** The sandbox, and the names of the events that reach the management account's bus. */
async function start(options: SandboxOptions = {}) {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  const seen: unknown[] = [];
  sandbox.eventBus.addRule({
    name: 'all',
    pattern: { data: { eventName: [{ exists: true }] } },
    targets: [{ push: ({ data }) => void seen.push([data.eventName, data.errorCode]) }],
  });
  return { sandbox, seen };
}

test("an invited account's own call is not seen by the management account", async () => {
  const { sandbox, seen } = await start();
  await createDirectoryUser(sandbox).inviteAccount(INVITED);
  await sandbox.settled();
  expect(sandbox.directory.account(INVITED)).toBeDefined();
  expect(seen).toEqual([['InviteAccountToResourceDirectory', undefined]]);
});

test('it is, where that is chosen', async () => {
  const { sandbox, seen } = await start({ handshakeEventsReachManagement: true });
  await createDirectoryUser(sandbox).inviteAccount(INVITED);
  await sandbox.settled();
  expect(seen.at(-1)).toEqual(['AcceptHandshake', undefined]);
});

test("a stranger's refused call is not seen, the management account's own is", async () => {
  const { sandbox, seen } = await start({ handshakeEventsReachManagement: true });
  const stranger = sandbox.world.identities.createAccessKey('1000000000000099');
  const create = (credentials: typeof stranger) =>
    createDirectoryUser({ ...sandbox, credentials }).createAccount('x');
  await expect(create(stranger)).rejects.toMatchObject({
    code: 'EntityNotExists.ResourceDirectory',
  });
  await expect(create(sandbox.credentials)).rejects.toThrow();
  await sandbox.settled();
  expect(seen).toEqual([['CreateResourceAccount', 'InvalidParameter.Account.DisplayName.Length']]);
});
