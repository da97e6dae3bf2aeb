/** The adapters against the sandbox, which checks what a bare server can't: every signature. */
import { afterEach, describe, expect, it } from 'vitest';
import { cloudErrorOf } from '../support/adapters/errors.ts';
import { startAdapterSandbox } from '../support/adapters/sandbox.ts';

let sandbox: Awaited<ReturnType<typeof startAdapterSandbox>>;
afterEach(() => sandbox.close());

const options = { timeoutMs: 5_000 };

describe('Config', () => {
  it('from "never activated" to a registered group', async () => {
    sandbox = await startAdapterSandbox({ members: 3 });
    const { recorder, accountGroup } = sandbox.connect();
    expect(await recorder.describe(options)).toMatchObject({ organizationStatus: 'NOT_ACTIVATED' });
    expect(await accountGroup.read(options)).toBeUndefined();

    await recorder.startEnterpriseMode(options);
    // The group is still being created.
    expect(await accountGroup.read(options)).toBeUndefined();
    sandbox.world.clock.advance(600_000);

    expect(await recorder.describe(options)).toMatchObject({
      organizationStatus: 'REGISTERED',
      recorderStatus: 'REGISTERED',
    });
    const reading = await accountGroup.read(options);
    expect(reading?.members).toEqual(
      new Map(
        sandbox.directory
          .accounts()
          .map(({ accountId, displayName }) => [
            accountId,
            { name: displayName, recorderStatus: 'REGISTERED' },
          ]),
      ),
    );
    expect(reading?.members.size).toBe(3);
  });

  it('a second start while the first one initializes', async () => {
    sandbox = await startAdapterSandbox({ members: 1 });
    const { recorder } = sandbox.connect();
    await recorder.startEnterpriseMode(options);
    expect(await cloudErrorOf(recorder.startEnterpriseMode(options))).toMatchObject({
      code: 'ProcessIsRunning',
      statusCode: 400,
      requestId: expect.any(String),
    });
  });

  it('a role without the permission', async () => {
    sandbox = await startAdapterSandbox({ actions: ['log:PostLogStoreLogs'] });
    expect(await cloudErrorOf(sandbox.connect().recorder.describe(options))).toMatchObject({
      code: 'NoPermission',
    });
  });
});

describe('Resource Manager', () => {
  it('the management account and its members, page by page', async () => {
    sandbox = await startAdapterSandbox({ members: 120 });
    const { directory } = sandbox.connect();
    expect(await directory.managementAccountId(options)).toBe(
      sandbox.directory.managementAccountId,
    );
    const pages = [
      await directory.listAccounts(1, options),
      await directory.listAccounts(2, options),
      await directory.listAccounts(3, options),
    ];
    expect(pages.map(({ totalCount }) => totalCount)).toEqual([120, 120, 120]);
    expect(pages.map(({ accounts }) => accounts.length)).toEqual([100, 20, 0]);
    expect(new Set(pages.flatMap(({ accounts }) => accounts.map((one) => one.accountId)))).toEqual(
      new Set(sandbox.directory.accounts().map((one) => one.accountId)),
    );
  });

  it('an account in a folder', async () => {
    sandbox = await startAdapterSandbox();
    const outer = sandbox.directory.createFolder('outer');
    const inner = sandbox.directory.createFolder('inner', outer.folderId);
    const joinedAtMs = Date.UTC(2026, 0, 2, 3, 4, 5);
    const { accountId } = sandbox.directory.addAccount({
      displayName: 'network',
      folderId: inner.folderId,
      joinMethod: 'invited',
      joinedAtMs,
    });
    const { accounts } = await sandbox.connect().directory.listAccounts(1, options);
    expect(accounts).toEqual([
      {
        accountId,
        name: 'network',
        status: 'InviteSuccess',
        joinedAtMs,
        folderIds: [sandbox.directory.rootFolderId, outer.folderId, inner.folderId],
      },
    ]);
  });
});

describe('Log Service', () => {
  const entry = (id: number) => ({
    entry_id: `e-${id}`,
    entry_type: 'account',
    account_name: '网络 "prod"',
    time: new Date(Date.now() - 60_000 + id).toISOString(),
  });
  const search = () => ({
    query: 'entry_type: account',
    fromS: Math.floor(Date.now() / 1_000) - 3_600,
    toS: Math.floor(Date.now() / 1_000) + 3_600,
    timeoutMs: 5_000,
  });

  it('what is appended is found, over several pages and incomplete answers', async () => {
    sandbox = await startAdapterSandbox({ incompleteReads: 2 });
    const { resultLog, resultReader } = sandbox.connect();
    const entries = Array.from({ length: 230 }, (_, id) => entry(id));
    for (const batch of resultLog.batches([...entries, { entry_id: 'r-1', entry_type: 'run' }])) {
      await resultLog.append(batch, options);
    }
    expect(await resultReader.search(search())).toEqual(entries);
    expect(await resultReader.search({ ...search(), reverse: true, limit: 2 })).toEqual([
      entries[229],
      entries[228],
    ]);
  });

  it('a batch as large as they come is taken', async () => {
    sandbox = await startAdapterSandbox();
    const { resultLog } = sandbox.connect();
    const entries = Array.from({ length: 60 }, (_, id) => ({
      ...entry(id),
      // Hardly compressible, so that the limit of the body counts too.
      reason: Array.from({ length: 50_000 }, (_unused, at) =>
        String.fromCharCode(33 + ((at * (at + id) * 7_919) % 90)),
      ).join(''),
    }));
    const batches = resultLog.batches(entries);
    expect(batches).toHaveLength(2);
    for (const batch of batches) {
      await resultLog.append(batch, options);
    }
    expect(sandbox.log.entries('audit', 'results')).toHaveLength(60);
  });

  it('a logstore that is not there', async () => {
    sandbox = await startAdapterSandbox();
    const { resultLog } = sandbox.connect();
    sandbox.world.faults.add({
      service: 'log-service',
      operation: 'PutLogs',
      effect: { kind: 'error', code: 'LogStoreNotExist' },
      when: { always: true },
    });
    expect(await cloudErrorOf(resultLog.append([entry(1)], options))).toMatchObject({
      operation: 'PutLogs',
      code: 'LogStoreNotExist',
      statusCode: 404,
      requestId: expect.any(String),
    });
    expect(sandbox.log.entries('audit', 'results')).toHaveLength(0);
  });
});

describe('every service', () => {
  const connected = () => sandbox.connect();
  const calls = [
    ['config', (timeoutMs = 5_000) => connected().recorder.describe({ timeoutMs })],
    [
      'resource-manager',
      (timeoutMs = 5_000) => connected().directory.listAccounts(1, { timeoutMs }),
    ],
    [
      'log-service',
      (timeoutMs = 5_000) => connected().resultLog.append([{ entry_id: 'e-1' }], { timeoutMs }),
    ],
  ] as const;

  it.each(calls)('%s refuses a wrong secret', async (service) => {
    sandbox = await startAdapterSandbox();
    const wrong = sandbox.connect({ ...sandbox.role, accessKeySecret: 'wrong' });
    const call = {
      config: () => wrong.recorder.describe(options),
      'resource-manager': () => wrong.directory.listAccounts(1, options),
      'log-service': () => wrong.resultLog.append([{ entry_id: 'e-1' }], options),
    }[service];
    const error = await cloudErrorOf(call());
    expect(error.code).toMatch(/^Signature(DoesNotMatch|NotMatch)$/);
    expect(error.message).not.toContain(sandbox.role.accessKeyId);
    expect(error.message).not.toContain(sandbox.role.securityToken ?? 'no token');
  });

  describe.each(calls)('%s', (service, call) => {
    it.each([
      ['reset', 'NoAnswer'],
      ['hang', 'NoAnswer'],
      ['html-503', 'MalformedAnswer'],
      ['empty-500', 'MalformedAnswer'],
    ] as const)('%s is %s', async (kind, code) => {
      sandbox = await startAdapterSandbox({ config: { organization: 'on' } });
      sandbox.world.faults.add({
        service,
        operation: '*',
        effect: { kind },
        when: { first: 1 },
      });
      const timeoutMs = kind === 'hang' ? 250 : 5_000;
      expect(await cloudErrorOf(call(timeoutMs))).toMatchObject({ code });
      // Nothing of the failed call is in the way of the next one.
      await call();
    });
  });

  it.each([calls[0], calls[1]])('%s: a body that breaks off is NoAnswer', async (service, call) => {
    sandbox = await startAdapterSandbox({ config: { organization: 'on' } });
    sandbox.world.faults.add({
      service,
      operation: '*',
      effect: { kind: 'cut-body' },
      when: { first: 1 },
    });
    expect(await cloudErrorOf(call())).toMatchObject({ code: 'NoAnswer' });
  });

  it.each(calls)('%s hands on how long to wait', async (service, call) => {
    sandbox = await startAdapterSandbox();
    sandbox.world.faults.add({
      service,
      operation: '*',
      effect: {
        kind: 'error',
        code: service === 'log-service' ? 'WriteQuotaExceed' : 'Throttling.User',
        retryAfterMs: 1_234,
      },
      when: { always: true },
    });
    expect(await cloudErrorOf(call())).toMatchObject({ retryAfterMs: 1_234 });
  });
});
