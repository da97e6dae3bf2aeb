/** What commands say fits the terminal, from 40 columns on, in both languages; a pipe gets it whole. */
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import type { StackPlan } from '../../alicloud/resource-orchestration/stack-plan.ts';
import { COMMANDS } from '../../cli/commands/all.ts';
import { main } from '../../cli/main.ts';
import type { Stack } from '../../cli/operator.ts';
import { createStreamOutput } from '../../cli/stream-output.ts';
import { createFakeOperator, storedResult, storedRunEntry } from '../support/cli/operator.ts';
import { planOf } from '../support/cli/plan-answer.ts';
import { createStackShell } from '../support/stack/operator.ts';
import { groupOf, member } from '../support/workflows/fake-ports.ts';

const id = (last: number) => String(10 ** 15 + last);
const LONG_NAME = '数字化转型与创新业务部门的生产环境账号 production of the payments department';

/** Everything that is said, line by line, on a terminal so wide; 0: in a pipe. */
function terminal(columns: number) {
  let said = '';
  const stream = {
    isTTY: columns > 0,
    columns,
    write: (text: string) => {
      said += text;
    },
  };
  const output = createStreamOutput({ stdout: stream, stderr: stream, colors: false });
  return { output, lines: () => said.split(/[\r\n]/).map(stripVTControlCharacters) };
}

function members() {
  const fake = createFakeOperator(
    {
      accounts: [
        member(id(2), { name: LONG_NAME, folderIds: ['r-1', 'fd-production', 'fd-payments'] }),
        member(id(3)),
        member(id(4), { name: 'audit' }),
      ],
      group: [groupOf({ [id(2)]: 'REGISTRABLE', [id(4)]: 'REGISTERED' })],
    },
    {
      invoke: () => planOf({ start: 2, none: 1 }),
      start: () => {
        fake.store(
          storedRunEntry('6d6f1f0e-5b0c-4d43-9f0e-0d6b1c0b4a55', {
            function_request_id: 'F-7',
            outcome: 'failed',
            failed: '1',
            already_covered: '1',
            reason:
              'The reason of it all, which is longer than any terminal is wide, and then some.',
          }),
        );
        return { requestId: 'F-7' };
      },
    },
  );
  fake.store(
    storedResult(id(2), 'failed', {
      run_id: '495db74e-93d3-4dd0-85af-97d3c054bd2c',
      account_name: LONG_NAME,
      error_code: 'CreateSLRFail',
      error_message:
        'The service-linked role of Cloud Config could not be created in this account.',
      recommendation: 'Create the service-linked role AliyunServiceRoleForConfig.',
      cloud_request_id: '34B65346-29C6-4840-B991-D923443D8322',
    }),
    storedResult(id(3), 'pending', { recommendation: 'Nothing to do now.' }),
    storedRunEntry('495db74e-93d3-4dd0-85af-97d3c054bd2c', { outcome: 'failed', failed: '1' }),
  );
  return fake.shell;
}

const PLAN: StackPlan = {
  kind: 'update',
  changeSetId: 'c',
  stackId: 's',
  changes: [
    {
      action: 'Modify',
      logicalId: 'OnboardAccountRole',
      type: 'ALIYUN::RAM::Role',
      replacement: 'True',
    },
    { action: 'Remove', logicalId: 'FunctionLogs', type: 'ALIYUN::SLS::Logstore' },
  ],
};

function stacks(plan: StackPlan = PLAN) {
  const stack: Stack = {
    isSetUp: async () => true,
    plan: async () => plan,
    execute: async () => undefined,
    discard: async () => undefined,
    remove: async () => undefined,
    deployed: async () => undefined,
    describe: async () => ({
      status: 'CREATE_COMPLETE',
      resources: [{ logicalId: 'OnboardAccountRole', type: 'ALIYUN::RAM::Role' }],
    }),
    outputs: async () => ({ LogProject: 'account-onboarding-1000000000000001' }),
  };
  const seen = createStackShell(() => stack);
  seen.missingRoles.add('AliyunServiceRoleForEventBridgeSourceActionTrail');
  seen.missingRoles.add('AliyunServiceRoleForConfig');
  seen.deployedFunctions.add('backfill');
  return seen.shell;
}
const empty = () =>
  stacks({
    kind: 'clear',
    stackId: 's',
    status: 'CREATE_ROLLBACK_COMPLETE',
    reason: 'Resource CREATE failed.',
    isEmpty: false,
  });
const unchanged = () => stacks({ kind: 'nothing' });

const SAID: readonly [() => ReturnType<typeof members>, string[]][] = [
  [members, ['status']],
  [members, ['status', '--uncovered']],
  [members, ['status', '--limit', '1']],
  [members, ['account', id(2)]],
  [members, ['account', id(9)]],
  [members, ['runs']],
  [members, ['backfill', '--dry-run']],
  [members, ['backfill', '--yes']],
  [members, ['backfill', '--follow', 'F-8', '--wait', '1']],
  [members, ['replay', '--dry-run']],
  [stacks, ['setup']],
  [stacks, ['setup', '--yes']],
  [empty, ['setup', '--dry-run']],
  [unchanged, ['setup', '--event-rule']],
  [stacks, ['setup', '--remove', '--dry-run']],
  [stacks, ['setup', '--remove', '--delete-results', '--yes']],
  [stacks, ['setup', '--remove', '--yes']],
  [stacks, ['setup', '--parameter', 'RetentionDays=-1']],
];

async function said(world: () => ReturnType<typeof members>, args: string[], columns: number) {
  const { output, lines } = terminal(columns);
  await main(args, { commands: COMMANDS, version: '1' }, { ...world(), output });
  return lines();
}

/** A command to copy stays whole. */
const COMMAND = /^ {2}(onboard|npm|npx) /;

describe.each(['en', 'zh'])('in %s', (lang) => {
  test.each(SAID)('%o %j fits', async (world, args) => {
    for (const columns of [40, 60, 80, 120]) {
      const all = await said(world, [...args, '--lang', lang], columns);
      expect(all.length).toBeGreaterThan(1);
      const tooLong = all.filter((line) => stringWidth(line) > columns && !COMMAND.test(line));
      expect(tooLong, `${columns} columns`).toEqual([]);
    }
  });
});

test('a pipe gets a table whole: a row a line, nothing cut', async () => {
  const row = (await said(members, ['status'], 0)).find((line) => line.startsWith(id(2)));
  expect(row).toContain(LONG_NAME);
  const why = (await said(members, ['replay', '--dry-run'], 0)).find((line) =>
    line.includes(id(2)),
  );
  expect(why).toMatch(/production of .* CreateSLRFail: .* could not be created in this account\.$/);
});
