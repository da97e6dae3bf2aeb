import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLogClient } from '../../../alicloud/log-service/client.ts';
import { removeProject } from '../../../alicloud/log-service/remove-project.ts';
import {
  type OrchestrationSandbox,
  startOrchestrationSandbox,
} from '../../../sandbox/src/testing/orchestration-sandbox.ts';

let sandbox: OrchestrationSandbox;
beforeEach(async () => {
  sandbox = await startOrchestrationSandbox();
});
afterEach(() => sandbox.close());

const remove = (project: string, credentials = sandbox.root) =>
  removeProject(
    createLogClient({ endpoint: `http://127.0.0.1:${sandbox.port}`, project, credentials }),
    { timeoutMs: 5_000 },
  );

it('deletes the project with all that is in it, and is safe to repeat', async () => {
  sandbox.logService.createProject('audit');
  sandbox.logService.createLogstore('audit', 'results');
  sandbox.logService.createProject('other');
  expect(await remove('audit')).toBe(true);
  expect(() => sandbox.logService.requireProject('audit')).toThrow();
  expect(await remove('audit')).toBe(false);
  sandbox.logService.requireProject('other');
});

it('passes on what the service refuses', async () => {
  sandbox.logService.createProject('audit');
  const stranger = { accessKeyId: 'LTAIunknown', accessKeySecret: 'x' };
  await expect(remove('audit', stranger)).rejects.toMatchObject({
    name: 'CloudError',
    operation: 'DeleteProject',
  });
  sandbox.logService.requireProject('audit');
});
