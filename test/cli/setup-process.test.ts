/** The whole command over HTTP, once as a process of its own. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../sandbox/src/index.ts';
import { runHere } from '../support/cli/in-process.ts';
import { runCli } from '../support/cli/process.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  // The command waits in real time, resources are made on the sandbox's clock.
  sandbox = await createSandbox({ speed: 200 });
});
afterEach(() => sandbox.close());

const environment = () => ({
  ALIBABA_CLOUD_ACCESS_KEY_ID: sandbox.credentials.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: sandbox.credentials.accessKeySecret,
  CONFIG_ENDPOINT: sandbox.endpoint,
  FC_ENDPOINT: sandbox.endpoint,
  LOG_ENDPOINT: sandbox.endpoint,
  RESOURCE_MANAGER_ENDPOINT: sandbox.endpoint,
  ROS_ENDPOINT: sandbox.endpoint,
});

const onboard = (...args: string[]) => runHere(['setup', ...args], environment());

it('plans, sets up, changes nothing the second time, and removes it all', {
  timeout: 60_000,
}, async () => {
  const plan = await runCli(['setup', '--dry-run'], environment());
  expect(plan).toMatchObject({ code: 0 });
  const [role, ...ofTheStack] = plan.stdout.split('\n');
  expect(role).toBe(
    'The service-linked role AliyunServiceRoleForConfig will be created, for config.aliyuncs.com.',
  );
  await expect(ofTheStack.join('\n')).toMatchFileSnapshot('setup-plan.golden.txt');

  const done = await onboard('--parameter', 'RetentionDays=730');
  expect(done).toMatchObject({ code: 0 });
  expect(done.stdout).toContain('The service-linked role AliyunServiceRoleForConfig is created.');
  expect(done.stdout).toContain('The stack account-onboarding is complete.');
  const project = `account-onboarding-${sandbox.managementAccountId}`;
  expect(sandbox.logService.settingsOf(project, 'results').ttlDays).toBe(730);

  const again = await onboard('--parameter', 'RetentionDays=730');
  expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Nothing to change/) });

  expect(await onboard('--delete-results')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--delete-results works only with --remove.'),
  });
  expect(await onboard('--remove', '--yes')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('is removed.'),
  });
  sandbox.logService.requireProject(project);

  const refused = await onboard('--remove', '--delete-results');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(`${project} is kept`) });
  sandbox.logService.requireProject(project);

  const gone = await onboard('--remove', '--delete-results', '--log-project', project, '--yes');
  expect(gone).toMatchObject({ code: 0, stdout: expect.stringContaining('There is no stack') });
  expect(gone.stdout).toContain(`The log project ${project} is deleted`);
  expect(() => sandbox.logService.requireProject(project)).toThrow();
});
