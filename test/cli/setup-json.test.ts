/** What `setup --json` says: the plan with its values, and what became of it. */
import { expect, it } from 'vitest';
import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import { COMMANDS } from '../../cli/commands/all.ts';
import { main, type Shell } from '../../cli/main.ts';
import type { Stack } from '../../cli/operator.ts';
import { schemaErrors } from '../support/cli/schemas.ts';
import { createStackShell } from '../support/stack/operator.ts';
import { startStackSandbox } from '../support/stack/sandbox.ts';

const PROJECT = 'account-onboarding-1000000000000001';

async function setupJson(
  { shell, lines }: { readonly shell: Shell; readonly lines: readonly string[] },
  ...args: string[]
) {
  const code = await main(
    ['setup', '--json', ...args],
    { commands: COMMANDS, version: '1' },
    shell,
  );
  expect(lines).toHaveLength(1);
  const json = JSON.parse(lines[0] ?? '');
  expect(schemaErrors('setup', json)).toEqual([]);
  return { code, json };
}

it('a stack’s whole life, against the sandbox', async () => {
  const sandbox = await startStackSandbox();
  try {
    const run = async (...args: string[]) => {
      const seen = sandbox.connect();
      return { ...(await setupJson(seen, ...args)), notes: seen.notes };
    };
    const common = { schemaVersion: 1, stack: 'account-onboarding', region: 'cn-hangzhou' };

    const planned = await run('--dry-run');
    expect(planned.code).toBe(0);
    expect(planned.json).toMatchObject({
      ...common,
      dryRun: true,
      plan: 'create',
      result: 'planned',
      properties: [],
      irreversible: [],
      roles: [],
    });
    expect(planned.json.changes).toContainEqual({
      action: 'Add',
      logicalId: 'Results',
      type: 'ALIYUN::SLS::Logstore',
    });

    const created = await run('--parameter', 'RetentionDays=730');
    expect(created.code).toBe(0);
    expect(created.json).toMatchObject({ ...common, dryRun: false, result: 'applied' });
    expect(created.json.changes).toEqual(planned.json.changes);
    expect(created.json.outputs).toMatchObject({ LogProject: PROJECT });

    const shorter = await run('--parameter', 'RetentionDays=90');
    expect(shorter.code).toBe(1);
    expect(shorter.json).toMatchObject({
      plan: 'update',
      result: 'refused',
      properties: [{ logicalId: 'Results', path: 'TTL', before: 730, after: 90 }],
      irreversible: [expect.stringContaining('90 days instead of 730')],
    });
    expect(shorter.notes.at(-1)).toContain('--yes');

    const same = await run('--parameter', 'RetentionDays=730');
    expect([same.code, same.json.plan, same.json.result]).toEqual([0, 'nothing', 'unchanged']);

    const removal = await run('--remove', '--dry-run');
    expect(removal.json).toMatchObject({
      plan: 'remove',
      result: 'planned',
      logProject: { name: PROJECT, action: 'keep' },
    });
    const actionOf = (logicalId: string) =>
      removal.json.changes.find((change: { logicalId: string }) => change.logicalId === logicalId)
        ?.action;
    expect([actionOf('Results'), actionOf('FailureQueue')]).toEqual(['Keep', 'Remove']);

    const removed = await run('--remove', '--delete-results', '--yes');
    expect(removed.code).toBe(0);
    expect(removed.json).toMatchObject({
      result: 'applied',
      logProject: { name: PROJECT, action: 'delete' },
    });
    const gone = await run('--remove');
    expect([gone.code, gone.json.plan, gone.json.result]).toEqual([0, 'nothing', 'unchanged']);
  } finally {
    await sandbox.close();
  }
});

function stackThat(given: Partial<Stack>, interrupted?: AbortSignal) {
  const stack: Stack = {
    plan: async () => ({ kind: 'update', changeSetId: 'c', stackId: 's', changes: [] }),
    execute: async () => undefined,
    discard: async () => undefined,
    remove: async () => undefined,
    isSetUp: async () => true,
    deployed: async () => undefined,
    describe: async () => ({ status: 'CREATE_COMPLETE', resources: [] }),
    outputs: async () => ({}),
    ...given,
  };
  return createStackShell(() => stack, interrupted);
}

it('what failed, and how', async () => {
  const failure = {
    status: 'ROLLBACK_COMPLETE',
    message: 'No quota.',
    logicalId: 'Flow',
    type: 'ALIYUN::FNF::Flow',
  };
  const seen = stackThat({ execute: () => Promise.reject(new StackFailed(failure)) });
  const { code, json } = await setupJson(seen);
  expect(code).toBe(1);
  expect(json).toMatchObject({ result: 'failed', failure });
  expect(seen.notes[0]).toContain('Flow (ALIYUN::FNF::Flow) failed: No quota.');
});

it('an interruption, and that it goes on', async () => {
  const interruption = new AbortController();
  const seen = stackThat(
    {
      execute: () => {
        interruption.abort();
        return new Promise(() => undefined);
      },
    },
    interruption.signal,
  );
  const { code, json } = await setupJson(seen);
  expect([code, json.result]).toEqual([130, 'interrupted']);
  expect(seen.notes.at(-1)).toContain('ROS continues');
});

it('an empty stack that has to go first; service-linked roles that are missing', async () => {
  const seen = stackThat({
    plan: async () => ({
      kind: 'clear',
      stackId: 's',
      status: 'CREATE_ROLLBACK_COMPLETE',
      reason: '',
      isEmpty: true,
    }),
  });
  seen.missingRoles.add('AliyunServiceRoleForConfig');
  const { code, json } = await setupJson(seen, '--dry-run');
  expect(code).toBe(0);
  expect(json).toMatchObject({
    plan: 'clear',
    result: 'planned',
    changes: [],
    roles: ['AliyunServiceRoleForConfig'],
  });
});

it('what ends the command with an error leaves standard output empty', async () => {
  const seen = stackThat({ plan: () => Promise.reject(new Error('No.')) });
  expect(await main(['setup', '--json'], { commands: COMMANDS, version: '1' }, seen.shell)).toBe(1);
  expect(seen.lines).toEqual([]);
});
