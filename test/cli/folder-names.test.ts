import { expect, test } from 'vitest';
import { readFolderNames } from '../../cli/folder-names.ts';
import { createFakeOperator } from '../support/cli/operator.ts';
import { cloudError } from '../support/workflows/fake-ports.ts';

/** `r-1` with three folders; two more below the first. */
function directory() {
  const fake = createFakeOperator();
  const folder = (folderId: string, name: string, parentId: string) =>
    fake.folders.set(folderId, { name, parentId });
  folder('fd-1', '生产', 'r-1');
  folder('fd-2', 'development', 'r-1');
  folder('fd-3', 'sandboxes', 'r-1');
  folder('fd-11', 'payments', 'fd-1');
  folder('fd-12', 'audit', 'fd-1');
  return fake;
}

test('names from the root down; a call for each page of a folder that has another below it', async () => {
  const { operator, folderReads } = directory();
  const paths = [['r-1', 'fd-1', 'fd-11'], ['r-1', 'fd-1', 'fd-12'], ['r-1', 'fd-3'], ['r-1']];
  const names = await readFolderNames(paths, operator);
  expect(paths.map(names.of)).toEqual([
    ['Root', '生产', 'payments'],
    ['Root', '生产', 'audit'],
    ['Root', 'sandboxes'],
    ['Root'],
  ]);
  expect(folderReads.sort()).toEqual(['fd-1 1', 'r-1 1', 'r-1 2']);
});

test('no folders, no calls', async () => {
  const { operator, folderReads } = directory();
  expect((await readFolderNames([['r-1'], []], operator)).of(['r-1'])).toEqual(['Root']);
  expect(folderReads).toEqual([]);
});

test('what fails for the moment is read again', async () => {
  const { operator, folderRefusals } = directory();
  folderRefusals.push(cloudError('Throttling.User', { operation: 'ListFoldersForParent' }));
  const names = await readFolderNames([['r-1', 'fd-2']], operator);
  expect([names.of(['r-1', 'fd-2']), names.error]).toEqual([['Root', 'development'], undefined]);
});

test('what may not be read is shown by its id, and why is known', async () => {
  const { operator, folderRefusals } = directory();
  const refused = cloudError('NoPermission', { operation: 'ListFoldersForParent' });
  folderRefusals.push(refused);
  const names = await readFolderNames([['r-1', 'fd-2']], operator);
  expect([names.of(['r-1', 'fd-2']), names.error]).toEqual([['Root', 'fd-2'], refused]);
});

test('a folder that is gone meanwhile keeps its id', async () => {
  const { operator } = directory();
  const names = await readFolderNames([['r-1', 'fd-9']], operator);
  expect(names.of(['r-1', 'fd-9'])).toEqual(['Root', 'fd-9']);
});
