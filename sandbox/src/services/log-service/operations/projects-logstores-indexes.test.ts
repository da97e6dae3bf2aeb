import {
  CreateIndexRequest,
  CreateLogStoreRequest,
  CreateProjectRequest,
  DeleteProjectRequest,
  Index,
  IndexKey,
  IndexLine,
  ListLogStoresRequest,
  ListProjectRequest,
  UpdateIndexRequest,
  UpdateLogStoreRequest,
} from '@alicloud/sls20201230';
import { describe, expect, it } from 'vitest';
import { eachTest } from '../../../testing/each-test.ts';
import { ACCOUNT_ID, startLogSandbox, TEXT, TOKEN } from '../../../testing/log-service-sandbox.ts';

const sandbox = eachTest(startLogSandbox);

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('projects', () => {
  it('are created, shown, listed and deleted by the current SDK', async () => {
    const sls = sandbox.sls();
    await sls.createProject(
      new CreateProjectRequest({ projectName: 'onboarding', description: 'audit trail' }),
    );

    const { body } = await sls.getProject('onboarding');
    expect(body).toMatchObject({
      projectName: 'onboarding',
      description: 'audit trail',
      owner: ACCOUNT_ID,
      region: 'cn-hangzhou',
      status: 'Normal',
    });
    expect(body?.createTime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

    const all = await sls.listProject(new ListProjectRequest({}));
    expect(all.body).toMatchObject({ count: 2, total: 2 });
    const one = await sls.listProject(new ListProjectRequest({ projectName: 'onb', size: 1 }));
    expect(one.body?.projects?.map(({ projectName }) => projectName)).toEqual(['onboarding']);

    await sls.deleteProject('onboarding', new DeleteProjectRequest({}));
    await expect(sls.getProject('onboarding')).rejects.toEqual(code('ProjectNotExist'));
  });

  it('are created and deleted by the older SDK, which signs with sha1', async () => {
    const writer = sandbox.writer();
    await writer.createProject('older', { description: 'x' });
    expect(await writer.getProject('older')).toMatchObject({ projectName: 'older' });
    await writer.deleteProject('older');
    await expect(writer.getProject('older')).rejects.toEqual(code('ProjectNotExist'));
  });

  it('are refused twice, with a bad name, and with what is not modelled', async () => {
    const sls = sandbox.sls();
    const create = (settings: ConstructorParameters<typeof CreateProjectRequest>[0]) =>
      sls.createProject(new CreateProjectRequest({ description: '', ...settings }));
    await expect(create({ projectName: 'audit' })).rejects.toEqual(code('ProjectAlreadyExist'));
    await expect(create({ projectName: 'No_Good' })).rejects.toEqual(code('ParameterInvalid'));
    await expect(create({})).rejects.toEqual(code('ParameterInvalid'));
    await expect(create({ projectName: 'abc', recycleBinEnabled: true })).rejects.toEqual(
      code('SandboxUnsupportedParameter'),
    );
    await expect(
      sls.deleteProject('audit', new DeleteProjectRequest({ forceDelete: true })),
    ).rejects.toEqual(code('SandboxUnsupportedParameter'));
  });
});

describe('logstores', () => {
  it('are created, shown, listed, updated and deleted', async () => {
    const sls = sandbox.sls();
    await sls.createLogStore(
      'audit',
      new CreateLogStoreRequest({
        logstoreName: 'other',
        ttl: 90,
        shardCount: 3,
        autoSplit: true,
        maxSplitShard: 8,
      }),
    );
    expect((await sls.getLogStore('audit', 'other')).body).toMatchObject({
      logstoreName: 'other',
      ttl: 90,
      shardCount: 3,
      autoSplit: true,
      maxSplitShard: 8,
      enableTracking: false,
    });

    sandbox.world.clock.advance(5000);
    await sls.updateLogStore(
      'audit',
      'other',
      new UpdateLogStoreRequest({ logstoreName: 'other', ttl: 7, shardCount: 3 }),
    );
    const { body } = await sls.getLogStore('audit', 'other');
    expect(body).toMatchObject({ ttl: 7, maxSplitShard: 8 });
    expect((body?.lastModifyTime ?? 0) - (body?.createTime ?? 0)).toBe(5);

    const listed = await sls.listLogStores('audit', new ListLogStoresRequest({}));
    expect(listed.body).toMatchObject({ count: 2, total: 2, logstores: ['other', 'results'] });
    expect(await sandbox.writer().listLogStore('audit')).toMatchObject({ total: 2 });

    await sls.deleteLogStore('audit', 'other');
    await expect(sls.getLogStore('audit', 'other')).rejects.toEqual(code('LogStoreNotExist'));
  });

  it('are refused twice, out of range, without what is required, and in no project', async () => {
    const create = (settings: ConstructorParameters<typeof CreateLogStoreRequest>[0]) =>
      sandbox
        .sls()
        .createLogStore(
          'audit',
          new CreateLogStoreRequest({ ttl: 30, shardCount: 2, ...settings }),
        );
    await expect(create({ logstoreName: 'results' })).rejects.toEqual(code('LogstoreAlreadyExist'));
    await expect(create({ logstoreName: 'A' })).rejects.toEqual(code('LogStoreInfoInvalid'));
    await expect(create({ logstoreName: 'abc', ttl: 0 })).rejects.toEqual(code('ParameterInvalid'));
    await expect(create({ logstoreName: 'abc', autoSplit: true })).rejects.toEqual(
      code('LogStoreInfoInvalid'),
    );
    await expect(create({ logstoreName: 'abc', hotTtl: 7 })).rejects.toEqual(
      code('SandboxUnsupportedParameter'),
    );
    await expect(create({ logstoreName: 'abc', mode: 'query' })).rejects.toEqual(
      code('SandboxUnsupportedParameter'),
    );
    await expect(
      sandbox
        .sls()
        .createLogStore(
          'nothing',
          new CreateLogStoreRequest({ logstoreName: 'abc', ttl: 1, shardCount: 1 }),
        ),
    ).rejects.toEqual(code('ProjectNotExist'));
    await expect(
      sandbox
        .sls()
        .updateLogStore(
          'audit',
          'results',
          new UpdateLogStoreRequest({ logstoreName: 'results', shardCount: 5 }),
        ),
    ).rejects.toEqual(code('SandboxUnsupportedParameter'));
  });
});

describe('indexes', () => {
  const key = (settings: ConstructorParameters<typeof IndexKey>[0]) => new IndexKey(settings);

  it('are created, shown, replaced and deleted', async () => {
    const sls = sandbox.sls();
    const line = new IndexLine({ token: TOKEN, caseSensitive: true });
    const keys = {
      account_id: key({ type: 'text', token: TOKEN }),
      duration_ms: key({ type: 'long' }),
    };
    await sls.createIndex(
      'audit',
      'results',
      new CreateIndexRequest({ body: new Index({ line, keys }) }),
    );
    const { body } = await sls.getIndex('audit', 'results');
    expect(body).toMatchObject({
      indexMode: 'v2',
      ttl: 30,
      line: { token: TOKEN, caseSensitive: true },
      keys: { account_id: { type: 'text', token: TOKEN }, duration_ms: { type: 'long' } },
    });

    await expect(
      sls.createIndex('audit', 'results', new CreateIndexRequest({ body: new Index({ keys }) })),
    ).rejects.toEqual(code('IndexAlreadyExist'));

    await sls.updateIndex(
      'audit',
      'results',
      new UpdateIndexRequest({ body: new Index({ keys: { outcome: keys.account_id } }) }),
    );
    const replaced = await sls.getIndex('audit', 'results');
    expect(Object.keys(replaced.body?.keys ?? {})).toEqual(['outcome']);
    expect(replaced.body?.line).toBeUndefined();

    await sls.deleteIndex('audit', 'results');
    await expect(sls.getIndex('audit', 'results')).rejects.toEqual(code('IndexConfigNotExist'));
    await expect(sls.deleteIndex('audit', 'results')).rejects.toEqual(code('ParameterInvalid'));
    await expect(
      sls.updateIndex('audit', 'results', new UpdateIndexRequest({ body: new Index({ keys }) })),
    ).rejects.toEqual(code('IndexConfigNotExist'));
  });

  it('are refused with docValue, which is how the current SDK spells doc_value in a map', async () => {
    const body = new Index({ keys: { a: key({ type: 'long', docValue: true }) } });
    await expect(
      sandbox.sls().createIndex('audit', 'results', new CreateIndexRequest({ body })),
    ).rejects.toMatchObject({
      code: 'SandboxUnsupportedParameter',
      message: expect.stringContaining('docValue'),
    });
  });

  it('can be sent back as they were shown', async () => {
    const writer = sandbox.writer();
    await writer.createIndex('audit', 'results', { keys: { a: TEXT } });
    const shown = await writer.getIndexConfig('audit', 'results');
    await sandbox.sls().deleteIndex('audit', 'results');
    await writer.createIndex('audit', 'results', shown);
    expect(await writer.getIndexConfig('audit', 'results')).toEqual(shown);
  });

  it.each([
    ['nothing', {}, 'IndexInfoInvalid'],
    ['an unknown key', { keys: { a: TEXT }, colour: 1 }, 'SandboxUnsupportedParameter'],
    ['an unknown field key', { keys: { a: { ...TEXT, x: 1 } } }, 'SandboxUnsupportedParameter'],
    ['text without delimiters', { keys: { a: { type: 'text' } } }, 'IndexInfoInvalid'],
    ['no type', { keys: { a: {} } }, 'IndexInfoInvalid'],
    ['JSON', { keys: { a: { ...TEXT, type: 'json' } } }, 'SandboxUnsupportedParameter'],
    ['log_reduce', { keys: { a: TEXT }, log_reduce: true }, 'SandboxUnsupportedParameter'],
    ['another ttl', { keys: { a: TEXT }, ttl: 7 }, 'SandboxUnsupportedParameter'],
    ['another storage', { keys: { a: TEXT }, storage: 'oss' }, 'SandboxUnsupportedParameter'],
    ['another mode', { keys: { a: TEXT }, index_mode: 'v1' }, 'SandboxUnsupportedParameter'],
    ['a time that is none', { keys: { a: TEXT }, lastModifyTime: 'now' }, 'ParameterInvalid'],
    ['__time__', { keys: { __time__: { type: 'long' } } }, 'SandboxUnsupportedParameter'],
    ['__topic__', { keys: { __topic__: TEXT } }, 'SandboxUnsupportedParameter'],
    [
      'both lists',
      { line: { token: TOKEN, include_keys: ['a'], exclude_keys: ['b'] } },
      'IndexInfoInvalid',
    ],
  ])('are refused with %s', async (_name, index, expected) => {
    await expect(sandbox.writer().createIndex('audit', 'results', index)).rejects.toEqual(
      code(expected),
    );
  });
});
