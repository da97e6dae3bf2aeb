/** `stack.yaml` in the sandbox: it deploys, and what it creates works. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogGroup } from '../../sandbox/src/testing/log-service-writer.ts';
import {
  ACCOUNT_ID,
  type OrchestrationSandbox,
  RESOURCE_MS,
  startOrchestrationSandbox,
} from '../../sandbox/src/testing/orchestration-sandbox.ts';

const STACK = readFileSync(new URL('../../stack.yaml', import.meta.url), 'utf8');
const PROJECT = `account-onboarding-${ACCOUNT_ID}`;

let sandbox: OrchestrationSandbox;
beforeEach(async () => {
  sandbox = await startOrchestrationSandbox();
});
afterEach(() => sandbox.close());

const deploy = (parameters = {}) =>
  sandbox.orchestration.createStack({
    name: 'account-onboarding',
    templateBody: STACK,
    parameters,
  });

const assume = (role: string) =>
  sandbox.world.identities.assumeRole(`acs:ram::${ACCOUNT_ID}:role/${role}`, 3_600_000);

const nowS = () => Math.floor(Date.now() / 1000);

describe('stack.yaml', () => {
  it('creates roles that trust the services that it names, and no other', () => {
    deploy();
    const services = ['eventbridge.aliyuncs.com', 'fc.aliyuncs.com', 'fnf.aliyuncs.com'];
    const trusted = (name: string) => {
      const role = sandbox.world.identities.role(`acs:ram::${ACCOUNT_ID}:role/${name}`);
      return services.filter((service) => role?.trusts(service));
    };
    expect(trusted('account-onboarding')).toEqual(['fc.aliyuncs.com']);
    expect(trusted('account-onboarding-flow')).toEqual(['fnf.aliyuncs.com']);
  });

  it('over the API: planned, executed, complete, and the same again', async () => {
    const ros = sandbox.ros();
    const { changeSetId, stackId } = await ros.createChangeSet({
      changeSetType: 'CREATE',
      changeSetName: 'setup',
      stackName: 'account-onboarding',
      templateBody: STACK,
    });
    sandbox.world.clock.advance(RESOURCE_MS);
    const changes = (await ros.getChangeSet(changeSetId))?.changes ?? [];
    await ros.executeChangeSet(changeSetId);
    sandbox.world.clock.advance(RESOURCE_MS * changes.length);
    expect(await ros.getStack(stackId)).toMatchObject({ status: 'CREATE_COMPLETE' });
    const resources = await ros.listStackResources(stackId);
    expect(resources.length).toBe(changes.length);
    expect(new Set(resources.map(({ status }) => status))).toEqual(new Set(['CREATE_COMPLETE']));
    await expect(
      ros.createChangeSet({ stackId, changeSetName: 'again', templateBody: STACK }),
    ).rejects.toMatchObject({ code: 'NotSupported' });
  });

  it('creates the log stores, the queue and the roles', () => {
    const { outputs } = deploy({ RetentionDays: '400' });
    expect(outputs).toMatchObject({ LogProject: PROJECT, LogStore: 'results' });
    expect(sandbox.logService.settingsOf(PROJECT, 'results')).toMatchObject({
      ttlDays: 400,
      shardCount: 1,
      autoSplit: true,
    });
    expect(sandbox.logService.settingsOf(PROJECT, 'function-logs')).toMatchObject({ ttlDays: 30 });
    expect(sandbox.messageService.hasQueue('account-onboarding-failures')).toBe(true);
    expect(sandbox.orchestration.roles()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          name: 'account-onboarding',
          trustedServices: expect.arrayContaining(['fc.aliyuncs.com']),
        }),
      ]),
    );
  });

  it('lets the role of the functions write results and look at them, and nothing else', async () => {
    deploy();
    sandbox.logService.createProject('other');
    sandbox.logService.createLogstore('other', 'results');
    sandbox.logService.createLogstore(PROJECT, 'third');
    const writer = sandbox.logWriter(assume('account-onboarding'));
    const group: LogGroup = {
      logs: [
        {
          timestamp: nowS(),
          content: { outcome: 'covered', account_id: '42', start_attempts: '1', other: 'failed' },
        },
        { timestamp: nowS(), content: { outcome: 'failed', account_id: '43' } },
      ],
    };
    await writer.postLogStoreLogs(PROJECT, 'results', group);
    await writer.postLogStoreLogs(PROJECT, 'function-logs', group);
    const denied = expect.objectContaining({ code: 'Unauthorized' });
    await expect(writer.postLogStoreLogs('other', 'results', group)).rejects.toEqual(denied);
    await expect(writer.postLogStoreLogs(PROJECT, 'third', group)).rejects.toEqual(denied);
    const reading = [new Date(0), new Date(), {}] as const;
    await expect(writer.getLogs(PROJECT, 'results', ...reading)).resolves.toBeDefined();
    await expect(writer.getLogs(PROJECT, 'function-logs', ...reading)).rejects.toEqual(denied);
    await expect(
      sandbox
        .logWriter(assume('account-onboarding-flow'))
        .postLogStoreLogs(PROJECT, 'results', group),
    ).rejects.toEqual(denied);

    const ids = (query: string) =>
      sandbox.logService
        .search(PROJECT, 'results', { query })
        .map(({ contents }) => contents.account_id);
    expect(ids('outcome: failed')).toEqual(['43']);
    expect(ids('failed')).toEqual(['42', '43']);
    expect(ids('start_attempts > 0')).toEqual(['42']);
  });

  it.each([['6'], ['3601'], ['x']])('refuses to keep results for %s days', (RetentionDays) => {
    expect(() => deploy({ RetentionDays })).toThrow(
      expect.objectContaining({
        code: 'StackValidationFailed',
        message: expect.stringContaining('RetentionDays'),
      }),
    );
  });

  it('is deleted but for the results', async () => {
    const { stackId } = deploy();
    const entry = { timeS: nowS(), source: '', topic: '', contents: { outcome: 'covered' } };
    sandbox.logService.append(PROJECT, 'results', [entry]);
    await sandbox.ros().deleteStack(stackId);
    sandbox.world.clock.advance(RESOURCE_MS * 30);
    expect(await sandbox.ros().getStack(stackId)).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(sandbox.logService.search(PROJECT, 'results', { query: 'outcome: covered' })).toEqual([
      entry,
    ]);
    expect(sandbox.orchestration.roles()).toEqual([]);
    // What was retained is in the way of the next one.
    expect(() => deploy()).toThrow('resources.LogProject: ProjectAlreadyExist');
  });
});
