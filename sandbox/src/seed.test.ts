import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSandbox } from './index.ts';
import { createDirectoryUser } from './testing/directory-user.ts';
import { CODE, folderWith, SERVERLESS, STACK } from './testing/sample-project.ts';
import { startSandbox } from './testing/started-sandbox.ts';

describe('what it starts with', () => {
  test('nothing, by default', async () => {
    const sandbox = await startSandbox();
    expect(sandbox.directory.accounts()).toEqual([]);
    expect(sandbox.resourceOrchestration.stacks()).toEqual([]);
    expect(sandbox.functionCompute.functionNames()).toEqual([]);
    expect(sandbox.config.organizationStatus()).toBe('REGISTRABLE');
  });

  test('folders and members', async () => {
    const { directory } = await startSandbox({
      folders: ['Production/Web', 'Sandbox'],
      members: [
        { displayName: 'shop', folder: 'Production/Web', joinedAt: '2026-01-02T03:04:05Z' },
        { displayName: 'guest', joinMethod: 'invited', accountId: '1000000000000042' },
        { displayName: 'lab', folder: 'Lab' },
      ],
    });
    const paths = directory
      .accounts()
      .map(({ displayName, folderId }) => [displayName, directory.folder(folderId)?.name]);
    expect(paths).toEqual([
      ['shop', 'Web'],
      ['guest', 'root'],
      ['lab', 'Lab'],
    ]);
    expect(directory.subfolders(directory.rootFolderId).map(({ name }) => name)).toEqual([
      'Production',
      'Sandbox',
      'Lab',
    ]);
    expect(directory.accounts()[0]?.joinedAtMs).toBe(Date.parse('2026-01-02T03:04:05Z'));
    expect(directory.account('1000000000000042')?.status).toBe('InviteSuccess');
  });

  test.each([
    [{ members: [{ displayName: 'x', joinedAt: 'soon' }] }, 'joinedAt of x'],
    [{ members: [{ displayName: 'x', accountId: '7' }] }, '16 digits'],
    [{ folders: ['a//b'] }, "between slashes: 'a//b'"],
  ])('%j is refused', async (seed, message) => {
    await expect(createSandbox(seed)).rejects.toThrow(message);
  });

  test('stacks and functions, which are told where it is', async () => {
    const folder = folderWith({
      'base.yaml': STACK,
      's.yaml': SERVERLESS,
      'code/index.js': CODE,
    });
    const sandbox = await startSandbox({
      stacks: [{ file: join(folder, 'base.yaml'), parameters: { Where: '{region}/{accountId}' } }],
      serverless: [{ file: join(folder, 's.yaml'), variables: { ACCOUNT: '{accountId}' } }],
      functionEnvironment: { API: '{endpoint}/', COLOUR: 'blue' },
    });
    expect(sandbox.resourceOrchestration.stacks()).toMatchObject([
      {
        name: 'base',
        status: 'CREATE_COMPLETE',
        outputs: { Where: 'cn-hangzhou/1000000000000001', Stack: 'base' },
      },
    ]);
    const { invocation } = await sandbox.functionCompute.invoke('worker', '');
    expect(JSON.parse(String(invocation?.result))).toMatchObject({
      API: `${sandbox.endpoint}/`,
      COLOUR: 'blue',
    });
  });

  test('a placeholder that there is none of is said, and nothing is left running', async () => {
    const folder = folderWith({ 'base.yaml': STACK });
    const stack = { file: join(folder, 'base.yaml'), parameters: { Where: '{endpont}' } };
    const before = await createSandbox();
    await before.close();
    const port = Number(new URL(before.endpoint).port);
    await expect(createSandbox({ port, stacks: [stack] })).rejects.toThrow(
      'There is no {endpont}, which Where names. Known: {endpoint}, {host}, {region}, {accountId}',
    );
    await expect(fetch(before.endpoint)).rejects.toThrow();
  });
});

describe('reset', () => {
  test('back to the seed, on the same port, with the same key', async () => {
    const sandbox = await startSandbox({ members: 2, folders: ['Apps'], speed: 0 });
    const { endpoint, credentials } = sandbox;
    const user = createDirectoryUser(sandbox);
    const before = await sandbox.state();
    await user.createAccount('shop');
    sandbox.directory.createFolder('more');
    sandbox.logService.createProject('audit');
    sandbox.config.startEnterpriseMode();
    sandbox.faults.add({
      service: 'config',
      operation: '*',
      effect: { kind: 'reset' },
      when: { always: true },
    });
    sandbox.world.quotas.setEnabled(false);
    sandbox.messageService.createQueue('failed');
    const member = sandbox.world.identities.createAccessKey('1000000000000042');

    await sandbox.reset();
    expect([sandbox.endpoint, sandbox.credentials]).toEqual([endpoint, credentials]);
    expect(sandbox.faults.list()).toEqual([]);
    expect(sandbox.journal.entries()).toEqual([]);
    expect(sandbox.world.quotas.enabled).toBe(true);
    expect(sandbox.world.identities.find(member.accessKeyId, undefined).kind).toBe('unknown-key');
    expect(withoutTimes(await sandbox.state())).toEqual(withoutTimes(before));
    // The client of before, with its connections, finds what is there now.
    await user.createAccount('shop');
    expect(sandbox.directory.accounts()).toHaveLength(3);
    expect(sandbox.journal.count('resource-manager', 'CreateResourceAccount')).toBe(1);
  });

  test('another seed holds from then on; one that can not be changes nothing', async () => {
    const sandbox = await startSandbox({ members: 1 });
    await sandbox.reset({ members: [{ displayName: 'lab', recorder: 'REGISTERED' }] });
    const { directory, config } = sandbox;
    expect(directory.accounts()).toMatchObject([{ displayName: 'lab' }]);
    expect(config.recorderStatus(directory.accounts()[0]?.accountId ?? '')).toBe('REGISTERED');
    await expect(sandbox.reset({ folders: ['/'] })).rejects.toThrow('between slashes');
    expect(sandbox.directory).toBe(directory);
    await sandbox.reset();
    expect(sandbox.directory.accounts()).toMatchObject([{ displayName: 'lab' }]);
    expect(sandbox.seed()).toEqual({ members: [{ displayName: 'lab', recorder: 'REGISTERED' }] });
  });

  test('stacks and functions are there again, and what ran is ended', async () => {
    const folder = folderWith({
      'base.yaml': STACK,
      's.yaml': SERVERLESS,
      'code/index.js': 'exports.handler = () => new Promise((done) => setTimeout(done, 60_000));',
    });
    const sandbox = await startSandbox({
      stacks: [{ file: join(folder, 'base.yaml'), parameters: { Where: 'here' } }],
      serverless: [{ file: join(folder, 's.yaml'), variables: { ACCOUNT: '{accountId}' } }],
    });
    const running = sandbox.functionCompute.invoke('worker', '');
    writeFileSync(join(folder, 'code/index.js'), CODE);
    await sandbox.reset();
    expect((await running).invocation?.status).not.toBe('succeeded');
    const { invocation } = await sandbox.functionCompute.invoke('worker', '');
    expect(invocation?.status).toBe('succeeded');
    expect(sandbox.resourceOrchestration.stacks()).toMatchObject([{ name: 'base' }]);
  });

  test('resets that are asked for at once happen one after the other', async () => {
    const sandbox = await startSandbox();
    await Promise.all([1, 2, 3].map((members) => sandbox.reset({ members })));
    expect(sandbox.directory.accounts()).toHaveLength(3);
  });
});

/** Times, and ids that are made up, are those of each start. */
function withoutTimes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner) =>
    key.endsWith('AtMs') || key === 'roleId' ? 0 : inner,
  );
}
