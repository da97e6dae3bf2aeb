/** `npm run deploy` as a person sees it, on a terminal and without one. */
import { expect, test } from 'vitest';
import { createSandbox } from '../../sandbox/src/index.ts';
import { createStackIn } from '../../scripts/deploy-to-sandbox.ts';
import { createDeployProcess } from '../support/deploy/deploy-process.ts';

const QUESTION = /Only yes is accepted: /;
const CTRL_C = '\u0003';
const FUNCTIONS = ['backfill', 'onboard-account'];

test('asks, and does what was answered', { timeout: 400_000 }, async () => {
  await using sandbox = await createSandbox({
    stackResourceMs: 20,
    serviceLinkedRoles: [],
    config: { organization: 'not-activated' },
  });
  // Real time passes here, of which a stack takes a while.
  await createStackIn(sandbox);
  const deploy = createDeployProcess(sandbox);
  const answer = async (typed: string, ...args: readonly string[]) => {
    const asked = deploy.onTerminal(...args);
    await asked.said(QUESTION);
    asked.type(typed);
    return asked.done;
  };
  const functionNames = () => sandbox.functionCompute.functionNames();

  const unasked = await deploy.inPipes();
  expect(unasked).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is no terminal to ask on: confirm with --yes.'),
    stdout: expect.stringContaining('Nothing was deployed.'),
  });
  expect(await answer('y\r')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Nothing was deployed.'),
  });
  expect(await answer(CTRL_C)).toMatchObject({
    code: 130,
    stdout: expect.stringContaining('Nothing was deployed.'),
  });
  expect([functionNames(), sandbox.eventRules.list()]).toEqual([[], []]);

  const deployed = await answer('yes\r');
  expect(deployed).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('The schedule is in place'),
  });
  expect(deployed.stdout).toContain('The event path is in place');
  expect(functionNames()).toEqual(FUNCTIONS);

  expect(await answer(CTRL_C, '--remove')).toMatchObject({
    code: 130,
    stdout: expect.stringContaining('Nothing was removed.'),
  });
  expect(functionNames()).toEqual(FUNCTIONS);

  expect(await answer('yes\r', '--remove')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Checked: the event rule, the functions and the schedule'),
  });
  expect([functionNames(), sandbox.eventRules.list()]).toEqual([[], []]);
});
