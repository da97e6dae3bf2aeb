import { expect, it } from 'vitest';
import { eachTest } from '../../../testing/each-test.ts';
import { startLogSandbox } from '../../../testing/log-service-sandbox.ts';

const sandbox = eachTest(startLogSandbox);

it('ListShards divides the hash keys evenly', async () => {
  const { body } = await sandbox.sls().listShards('audit', 'results');
  expect(body).toEqual([
    {
      shardID: 0,
      status: 'readwrite',
      inclusiveBeginKey: '00000000000000000000000000000000',
      exclusiveEndKey: '80000000000000000000000000000000',
      createTime: Math.floor(sandbox.world.clock.now() / 1000),
    },
    {
      shardID: 1,
      status: 'readwrite',
      inclusiveBeginKey: '80000000000000000000000000000000',
      exclusiveEndKey: 'ffffffffffffffffffffffffffffffff',
      createTime: Math.floor(sandbox.world.clock.now() / 1000),
    },
  ]);
  sandbox.service.createLogstore('audit', 'three', { shardCount: 3 });
  const three = (await sandbox.sls().listShards('audit', 'three')).body ?? [];
  expect(three.map(({ exclusiveEndKey }) => exclusiveEndKey)).toEqual([
    '55555555555555555555555555555555',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    'ffffffffffffffffffffffffffffffff',
  ]);
});

it('ListShards needs a logstore, and its own permission', async () => {
  await expect(sandbox.sls().listShards('audit', 'nothing')).rejects.toMatchObject({
    code: 'LogStoreNotExist',
  });
  const policy = (Action: string) => ({
    Version: '1' as const,
    Statement: [{ Effect: 'Allow' as const, Action, Resource: '*' }],
  });
  const allowed = sandbox.sls(sandbox.assume(policy('log:ListShards')));
  expect((await allowed.listShards('audit', 'results')).body).toHaveLength(2);
  const denied = sandbox.sls(sandbox.assume(policy('log:GetLogStore')));
  await expect(denied.listShards('audit', 'results')).rejects.toMatchObject({
    code: 'Unauthorized',
  });
});
