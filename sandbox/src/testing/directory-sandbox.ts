import type { DirectoryOptions } from '../services/resource-manager/directory.ts';
import { startedByTest } from './each-test.ts';
import { startRpcSandbox } from './rpc-sandbox.ts';

/** A sandbox that each test starts, with this directory; `start` gives the SDK of its owner. */
export function directoryOfEachTest() {
  const { started: sandbox, start } = startedByTest(
    (directory: Omit<DirectoryOptions, 'world'> = {}) => startRpcSandbox({ directory }),
  );
  return {
    sandbox,
    start: async (directory?: Omit<DirectoryOptions, 'world'>) =>
      (await start(directory)).openApi(),
    keyOf: (accountId: string) => sandbox.world.identities.createAccessKey(accountId),
  };
}
