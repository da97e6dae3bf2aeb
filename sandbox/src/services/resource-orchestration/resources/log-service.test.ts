import { describe, expect, it } from 'vitest';
import {
  eachTestWithStack,
  LOGSTORE,
  PROJECT,
  type Properties,
  type Resources,
  resource,
} from '../../../testing/orchestration-resources.ts';

const { sandbox, create, update } = eachTestWithStack();

describe('ALIYUN::SLS::Project', () => {
  it('takes no new description', async () => {
    const properties = { Name: 'audit', Description: 'old' };
    const { stackId } = create({ Project: resource('ALIYUN::SLS::Project', properties) });
    const next = resource('ALIYUN::SLS::Project', { ...properties, Description: 'new' });
    expect(await update(stackId, { Project: next })).toBe('ROLLBACK_COMPLETE');
    const { body } = await sandbox.sls().getProject('audit');
    expect(body).toMatchObject({ description: 'old', createTime: '2026-11-20 03:04:05' });
  });
});

describe('ALIYUN::SLS::Logstore', () => {
  const settings = async () => (await sandbox.sls().getLogStore('audit', 'results')).body;

  it('has its settings, and their defaults', async () => {
    const full = {
      TTL: '90',
      ShardCount: 1,
      AutoSplit: 'true',
      MaxSplitShard: 4,
      AppendMeta: false,
    };
    const { stackId } = create({
      Project: PROJECT,
      Results: resource('ALIYUN::SLS::Logstore', { ...LOGSTORE, ...full }),
    });
    expect(await settings()).toMatchObject({
      ttl: 90,
      shardCount: 1,
      autoSplit: true,
      maxSplitShard: 4,
    });
    const plain = resource('ALIYUN::SLS::Logstore', { ...LOGSTORE, ShardCount: 1 });
    expect(await update(stackId, { Project: PROJECT, Results: plain })).toBe('UPDATE_COMPLETE');
    expect(await settings()).toMatchObject({ ttl: 30, shardCount: 1, autoSplit: false });
  });

  it('keeps its shards: the service refuses, and the rest is changed back', async () => {
    const one = resource('ALIYUN::SLS::Logstore', { ...LOGSTORE, ShardCount: 1 });
    const two = resource('ALIYUN::SLS::Logstore', { ...LOGSTORE, ShardCount: 2 });
    const { stackId } = create({ Project: PROJECT, Results: one });
    expect(await update(stackId, { Project: PROJECT, Results: two })).toBe('ROLLBACK_COMPLETE');
  });
});

describe('ALIYUN::SLS::Index', () => {
  const indexed = (index: Properties): Resources => ({
    Project: PROJECT,
    Results: resource('ALIYUN::SLS::Logstore', LOGSTORE),
    Index: resource('ALIYUN::SLS::Index', {
      ProjectName: { Ref: 'Project' },
      LogstoreName: { 'Fn::GetAtt': ['Results', 'LogstoreName'] },
      ...index,
    }),
  });

  it('becomes the index of the service', async () => {
    create(
      indexed({
        FullTextIndex: { Enable: true, CaseSensitive: true, Delimiter: ', ' },
        KeyIndices: [
          { Name: 'outcome', Type: 'text' },
          { Name: 'covered', Type: 'long', EnableAnalytics: false, Alias: 'c' },
        ],
      }),
    );
    expect((await sandbox.sls().getIndex('audit', 'results')).body).toMatchObject({
      line: { token: [',', ' '], caseSensitive: true, chn: false },
      keys: {
        outcome: {
          type: 'text',
          token: [' ', ',', "'", '"', ';', ...'=()[]{}?@&<>/:', '\n', '\t', '\r'],
          caseSensitive: false,
        },
        covered: { type: 'long', alias: 'c' },
      },
    });
  });

  it('is changed and deleted', async () => {
    const { stackId } = create(indexed({ FullTextIndex: { Enable: true } }));
    const next = indexed({
      FullTextIndex: { Enable: false },
      KeyIndices: [{ Name: 'outcome', Type: 'text' }],
    });
    expect(await update(stackId, next)).toBe('UPDATE_COMPLETE');
    const { body } = await sandbox.sls().getIndex('audit', 'results');
    expect(body?.line).toBeUndefined();
    expect(Object.keys(body?.keys ?? {})).toEqual(['outcome']);
    const { Project, Results } = next;
    if (Project === undefined || Results === undefined) throw new Error('unreachable');
    expect(await update(stackId, { Project, Results })).toBe('UPDATE_COMPLETE');
    expect(sandbox.logService.hasIndex('audit', 'results')).toBe(false);
  });

  it.each([
    [
      'a key twice',
      [
        { Name: 'a', Type: 'text' },
        { Name: 'a', Type: 'long' },
      ],
      'indexed twice',
    ],
    ['JSON', [{ Name: 'a', Type: 'json' }], 'JSON'],
  ])('refuses %s', (_case, KeyIndices, message) => {
    expect(() => create(indexed({ FullTextIndex: { Enable: true }, KeyIndices }))).toThrow(message);
  });
});

it('ALIYUN::SLS::Index is refused where the logstore has one', () => {
  sandbox.logService.createProject('audit');
  sandbox.logService.createLogstore('audit', 'results');
  sandbox.logService.createIndex('audit', 'results', { line: { token: [' '] } });
  const index = resource('ALIYUN::SLS::Index', {
    ProjectName: 'audit',
    LogstoreName: 'results',
    FullTextIndex: { Enable: true },
  });
  expect(() => create({ Index: index })).toThrow('IndexAlreadyExist');
});
