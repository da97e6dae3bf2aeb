import { UpdateProjectRequest } from '@alicloud/sls20201230';
import { expect, it } from 'vitest';
import { eachTest } from '../../../testing/each-test.ts';
import { startLogSandbox } from '../../../testing/log-service-sandbox.ts';

const sandbox = eachTest(startLogSandbox);

it('UpdateProject changes the description, and can be repeated', async () => {
  const sls = sandbox.sls();
  sandbox.world.clock.advance(5000);
  for (let call = 0; call < 2; call += 1) {
    await sls.updateProject('audit', new UpdateProjectRequest({ description: 'audit trail' }));
    expect((await sls.getProject('audit')).body?.description).toBe('audit trail');
  }
  const { createTime = '', lastModifyTime = '' } = (await sls.getProject('audit')).body ?? {};
  expect(Date.parse(lastModifyTime) - Date.parse(createTime)).toBe(5000);
  await sls.updateProject('audit', new UpdateProjectRequest({}));
  expect((await sls.getProject('audit')).body?.description).toBe('');
  expect((await sls.getLogStore('audit', 'results')).body?.logstoreName).toBe('results');
});

it('UpdateProject refuses what is missing, not modelled, or not allowed', async () => {
  const update = (project: string, settings: object, sls = sandbox.sls()) =>
    sls.updateProject(project, new UpdateProjectRequest(settings));
  await expect(update('nothing', {})).rejects.toMatchObject({ code: 'ProjectNotExist' });
  await expect(update('audit', { recycleBinEnabled: true })).rejects.toMatchObject({
    code: 'SandboxUnsupportedParameter',
  });
  const denied = sandbox.assume({
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'log:GetProject', Resource: '*' }],
  });
  await expect(update('audit', {}, sandbox.sls(denied))).rejects.toMatchObject({
    code: 'Unauthorized',
  });
});
