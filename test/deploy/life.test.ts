/**
 * A deployment's whole life, in a sandbox in which nothing was ever done. The functions are deployed
 * through the operations of Serverless Devs' component, in its order.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetFunctionCodeRequest } from '@alicloud/fc20230330';
import AdmZip from 'adm-zip';
import { expect, test, vi } from 'vitest';
import { createDirectoryUser } from '../../sandbox/src/testing/directory-user.ts';
import { fc3Client } from '../../sandbox/src/testing/function-clients.ts';
import { PROJECT_ROOT } from '../../scripts/deploy-to-sandbox.ts';
import { type DeployWorld, startDeployWorld } from '../support/deploy/world.ts';

const FUNCTIONS = ['backfill', 'onboard-account'];
const WAITS_MS = 30_000;

/** Moves the sandbox's time until it is so: recorders build on it. */
async function untilSo({ clock }: DeployWorld, isSo: () => boolean): Promise<void> {
  const endMs = Date.now() + WAITS_MS;
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error('It never came to it.');
    await clock.sleep(1_000);
    await sleep(10);
  }
}

function entriesOf({ sandbox }: DeployWorld) {
  const project = `account-onboarding-${sandbox.managementAccountId}`;
  return sandbox.logService.entries(project, 'results').map(({ contents }) => contents);
}

/** What a command changed: the operations that were asked to change something. */
async function changesOf({ sandbox }: DeployWorld, run: () => Promise<unknown>): Promise<string[]> {
  const [last] = sandbox.journal.entries().slice(-1);
  await run();
  return sandbox.journal
    .entries()
    .filter(({ number }) => number > (last?.number ?? 0))
    .map(({ operation }) => operation)
    .filter((operation) => /^(Create|Update|Delete|Put|Execute)/.test(operation));
}

/** File by file, in Base64. */
async function uploadedCode({ sandbox }: DeployWorld, name: string) {
  const { region, endpoint, managementAccountId: accountId } = sandbox;
  const { sdk } = fc3Client({ region, endpoint, accountId }, sandbox.credentials);
  const { body } = await sdk.getFunctionCode(name, new GetFunctionCodeRequest({}));
  const answer = await fetch(body?.url ?? '');
  const zip = new AdmZip(Buffer.from(await answer.arrayBuffer()));
  return Object.fromEntries(
    zip.getEntries().map((entry) => [entry.entryName, entry.getData().toString('base64')]),
  );
}

function builtCode(name: string) {
  const folder = join(PROJECT_ROOT, 'dist', name);
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'base64')]),
  );
}

test('from nothing, and back', { timeout: 180_000 }, async () => {
  const world = await startDeployWorld({ code: 'built' });
  const { sandbox } = world;

  const missing = await world.onboard('doctor');
  expect(missing.code).toBe(2);
  expect(missing.text).toContain('✗ stack ');
  expect(missing.text).toContain('✗ backfill ');
  expect(missing.text).toContain('✗ event stack ');

  const plan = await world.planOnly();
  expect(plan.code).toBe(0);
  expect(plan.text).toContain('The stack account-onboarding will be created:');
  expect(plan.text).toContain('✗ backfill: not deployed');
  expect(plan.text).toContain('The stack account-onboarding-events will be created:');
  expect(plan.text.split('That was the plan. Nothing was changed.')).toHaveLength(2);
  const declined = await world.decline();
  expect(declined.text).toContain('Nothing was deployed.');
  expect(declined.text).not.toContain('That was the plan');
  expect(sandbox.functionCompute.functionNames()).toEqual([]);
  expect(stackNames(world)).toEqual([]);

  const first = await world.deploy();
  expect(first).toMatchObject({ code: 0, text: expect.stringContaining('== event path ==') });
  expect(first.text).toContain('The schedule is in place');
  expect(first.text).toContain('The event path is in place');
  expect(first.text.indexOf('starts enterprise mode')).toBeLessThan(
    first.text.indexOf('== foundations =='),
  );
  expect(sandbox.functionCompute.functionNames()).toEqual(FUNCTIONS);
  for (const name of FUNCTIONS) {
    expect(await uploadedCode(world, name)).toEqual(builtCode(name));
  }

  const accountId = await createDirectoryUser(sandbox).createAccount('payments');
  const ofAccount = () => entriesOf(world).filter(({ account_id }) => account_id === accountId);
  await untilSo(world, () =>
    ofAccount().some(({ outcome, trigger }) => outcome === 'covered' && trigger === 'event'),
  );

  await untilSo(world, () =>
    entriesOf(world).some(
      ({ entry_type, trigger }) => entry_type === 'run' && trigger === 'schedule',
    ),
  );
  expect(await world.onboard('doctor')).toMatchObject({
    code: 0,
    text: expect.stringContaining('All 40 checks are fine'),
  });

  let second = { code: -1, text: '' };
  const ofSecond = await changesOf(world, async () => {
    second = await world.deploy();
  });
  expect(second).toMatchObject({
    code: 0,
    text: expect.stringContaining('Functions: as this version has them.'),
  });
  expect(ofSecond).toEqual([]);

  vi.stubEnv('OVERDUE_AFTER_SECONDS', '7200');
  let changed = { code: -1, text: '' };
  const ofChanged = await changesOf(world, async () => {
    changed = await world.deploy();
  });
  expect(changed.text).toContain(
    'backfill: settings: they differ from s.yaml: environmentVariables.OVERDUE_AFTER_SECONDS is 86400, not 7200',
  );
  expect(changed.text).toContain('Foundations: as this version has them.');
  expect(changed.text).toContain('Event path: as this version has it.');
  expect(changed.code).toBe(0);
  expect(ofChanged.filter((operation) => operation === 'UpdateFunction')).toHaveLength(2);
  expect(ofChanged.filter((operation) => /^(Create|Delete|Execute)/.test(operation))).toEqual([]);

  sandbox.eventRules.remove('account-onboarding');
  const noticed = await world.onboard('doctor');
  expect(noticed).toMatchObject({ code: 2, text: expect.stringContaining('✗ event rule ') });
  const repaired = await world.deploy();
  expect(repaired.text).toContain('The event rule was changed or deleted outside its stack');
  expect(repaired.code).toBe(0);
  expect(sandbox.eventRules.list().map(({ name }) => name)).toEqual(['account-onboarding']);

  const removed = await world.remove();
  expect(removed).toMatchObject({ code: 0, text: expect.stringContaining('Checked:') });
  expect((await world.onboard('setup', '--remove')).code).toBe(0);
  expect(sandbox.functionCompute.functionNames()).toEqual([]);
  expect(sandbox.eventRules.list()).toEqual([]);
  expect(stackNames(world)).toEqual([]);
  const { roles, flows, alerts, dashboards } = sandbox.resourceOrchestration;
  expect([roles(), flows(), alerts(), dashboards()]).toEqual([[], [], [], []]);
  expect(sandbox.messageService.queues()).toEqual([]);
  expect(ofAccount().length).toBeGreaterThan(0);
});

function stackNames({ sandbox }: DeployWorld): string[] {
  return sandbox.resourceOrchestration
    .stacks()
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .map(({ name }) => name);
}
