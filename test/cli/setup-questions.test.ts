/** What setup asks before what can't be taken back, and what it shows of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DeployedStack } from '../../alicloud/resource-orchestration/deployed-stack.ts';
import type { StackPlan } from '../../alicloud/resource-orchestration/stack-plan.ts';
import { COMMANDS } from '../../cli/commands/all.ts';
import { main } from '../../cli/main.ts';
import type { Stack } from '../../cli/operator.ts';
import { createStreamOutput } from '../../cli/stream-output.ts';
import { CloudError } from '../../workflows/onboarding/errors.ts';
import { createStackShell } from '../support/stack/operator.ts';
import { startStackSandbox } from '../support/stack/sandbox.ts';

const TEMPLATE = readFileSync(new URL('../../stack.yaml', import.meta.url), 'utf8');
const PROJECT = 'account-onboarding-1000000000000001';

const modifies = (logicalId: string, type: string): StackPlan => ({
  kind: 'update',
  changeSetId: 'c',
  stackId: 's',
  changes: [{ action: 'Modify', logicalId, type, replacement: 'False' }],
});

const deployedWith = (parameters: Record<string, string>, template = TEMPLATE): DeployedStack => ({
  status: 'CREATE_COMPLETE',
  reason: '',
  parameters,
  template,
});

function shellWith(plan: StackPlan, deployed?: DeployedStack, answer?: string | (() => never)) {
  const calls: string[] = [];
  const noted = (name: string) => async () => {
    calls.push(name);
  };
  const stack: Stack = {
    plan: async () => plan,
    execute: noted('execute'),
    discard: noted('discard'),
    remove: noted('remove'),
    isSetUp: async () => true,
    deployed: async () => deployed,
    describe: async () => ({ status: 'CREATE_COMPLETE', resources: [] }),
    outputs: async () => ({}),
  };
  const seen = createStackShell(() => stack);
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return typeof answer === 'function' ? answer() : answer;
  };
  const setup = (...args: string[]) =>
    main(
      ['setup', ...args],
      { commands: COMMANDS, version: '1' },
      { ...seen.shell, ...(answer === undefined ? {} : { ask }) },
    );
  return { ...seen, calls, questions, setup };
}

const RESULTS = modifies('Results', 'ALIYUN::SLS::Logstore');

describe('a plan shows old and new values', () => {
  it('of a parameter that is given; others keep theirs', async () => {
    const deployed = deployedWith({ RetentionDays: '365', AlertActionPolicy: 'ops' });
    const seen = shellWith(RESULTS, deployed);
    expect(await seen.setup('--parameter', 'RetentionDays=730')).toBe(0);
    expect(seen.said()).toMatch(/resource +property +old → new\nResults +TTL +365 → 730\n/);
    expect(seen.questions).toEqual([]);
  });

  it('of the template, long ones by their size', async () => {
    const former = TEMPLATE.replace('MaxSplitShard: 4', 'MaxSplitShard: 2').replace(
      'AutoSplit: true',
      'HotTtl: 30',
    );
    const seen = shellWith(RESULTS, deployedWith({}, former));
    await seen.setup('--dry-run');
    expect(seen.said()).toMatch(/Results +MaxSplitShard +2 → 4/);
    expect(seen.said()).toMatch(/Results +AutoSplit +\(none\) → true/);
    expect(seen.said()).toMatch(/Results +HotTtl +30 → \(none\)/);

    const lines = TEMPLATE.replace('Type: StateMachine\n', 'Type: StateMachine\n          # x\n');
    expect(lines).not.toBe(TEMPLATE);
    const flow = shellWith(modifies('Flow', 'ALIYUN::FNF::Flow'), deployedWith({}, lines));
    await flow.setup('--dry-run');
    expect(flow.said()).toMatch(/Flow +Definition +\(\d+ lines\) → \(\d+ lines\)/);
  });

  it('of a template that this version can’t evaluate, as they are written', async () => {
    const former = TEMPLATE.replace('Ref: RetentionDays', "Fn::Select: ['0', [400]]");
    const seen = shellWith(RESULTS, deployedWith({}, former));
    await seen.setup('--dry-run');
    expect(seen.said()).toContain('{"Fn::Select":["0",[400]]} → 365');
  });
});

describe('shorter retention', () => {
  const consequence =
    "Results will be kept for 30 days instead of 365: what is older is deleted. That can't be undone.";
  const shorter = ['--parameter', 'RetentionDays=30'];

  it('asks; a yes applies it', async () => {
    const seen = shellWith(RESULTS, deployedWith({ RetentionDays: '365' }), 'yes');
    expect(await seen.setup(...shorter)).toBe(0);
    expect(seen.notes).toEqual([consequence]);
    expect(seen.questions).toHaveLength(1);
    expect(seen.calls).toEqual(['execute']);
  });

  it.each([['no'], [undefined]])('%s: nothing, and no change set stays', async (answer) => {
    const seen = shellWith(RESULTS, deployedWith({ RetentionDays: '365' }), answer);
    expect(await seen.setup(...shorter)).toBe(1);
    expect(seen.calls).toEqual(['discard']);
    expect(seen.notes.at(-1)).toMatch(/^Nothing was changed/);
  });

  it('a no creates no service-linked role either', async () => {
    const seen = shellWith(RESULTS, deployedWith({ RetentionDays: '365' }), 'no');
    seen.missingRoles.add('AliyunServiceRoleForConfig');
    expect(await seen.setup(...shorter)).toBe(1);
    expect(seen.said()).toContain('AliyunServiceRoleForConfig will be created');
    expect(seen.createdFor).toEqual([]);
    expect(await seen.setup(...shorter, '--yes')).toBe(0);
    expect(seen.createdFor).toEqual(['config.aliyuncs.com']);
  });

  it('interrupted at the question: 130, and no change set stays', async () => {
    const { Interrupted } = await import('../../cli/errors.ts');
    const seen = shellWith(RESULTS, deployedWith({ RetentionDays: '365' }), () => {
      throw new Interrupted();
    });
    expect(await seen.setup(...shorter)).toBe(130);
    expect(seen.calls).toEqual(['discard']);
  });

  it('--yes says it and goes on; --dry-run says it and asks nothing', async () => {
    const agreed = shellWith(RESULTS, deployedWith({}));
    expect(await agreed.setup(...shorter, '--yes')).toBe(0);
    expect([agreed.notes, agreed.calls]).toEqual([[consequence], ['execute']]);
    const dry = shellWith(RESULTS, deployedWith({}), 'no');
    expect(await dry.setup(...shorter, '--dry-run')).toBe(0);
    expect([dry.notes, dry.questions]).toEqual([[consequence], []]);
  });
});

it('a log store that the plan removes is asked for, too', async () => {
  const plan: StackPlan = {
    kind: 'update',
    changeSetId: 'c',
    stackId: 's',
    changes: [{ action: 'Remove', logicalId: 'Old', type: 'ALIYUN::SLS::Logstore' }],
  };
  const seen = shellWith(plan, deployedWith({}), 'no');
  expect(await seen.setup()).toBe(1);
  expect(seen.notes[0]).toContain('Old (ALIYUN::SLS::Logstore) will be deleted, with all that is');
});

describe('--remove', () => {
  it('asks, and names the functions that still use the roles', async () => {
    const seen = shellWith(RESULTS, undefined, 'no');
    seen.deployedFunctions.add('backfill');
    expect(await seen.setup('--remove')).toBe(1);
    expect(seen.notes[0]).toBe(
      'The stack account-onboarding will be deleted, with all its resources.\n' +
        'These functions are still deployed and use its roles: backfill. Without them they fail. npm run deploy -- --remove removes the functions first.',
    );
    expect(seen.calls).toEqual([]);
    expect(await shellWith(RESULTS, undefined, 'yes').setup('--remove')).toBe(0);
  });

  it('--dry-run names them too', async () => {
    const seen = shellWith(RESULTS);
    seen.deployedFunctions.add('backfill');
    expect(await seen.setup('--remove', '--dry-run')).toBe(0);
    expect(seen.notes).toEqual([expect.stringContaining('use its roles: backfill')]);
    expect(seen.calls).toEqual([]);
  });

  it('without a terminal it wants --yes', async () => {
    const seen = shellWith(RESULTS);
    expect(await seen.setup('--remove')).toBe(1);
    expect(seen.notes.at(-1)).toContain('Confirm with --yes');
    expect(seen.calls).toEqual([]);
    expect(await seen.setup('--remove', '--yes')).toBe(0);
    expect(seen.calls).toEqual(['remove']);
  });

  it('functions that may not be read are said to be unknown', async () => {
    const seen = shellWith(RESULTS, undefined, 'no');
    const { operator } = seen;
    Object.assign(operator, {
      inspection: async () => ({
        function: () =>
          Promise.reject(
            new CloudError({ operation: 'GetFunction', code: 'AccessDenied', message: 'No.' }),
          ),
      }),
    });
    await seen.setup('--remove');
    expect(seen.notes[0]).toContain("can't be read (GetFunction: AccessDenied)");
  });

  it('--delete-results wants the project’s name', async () => {
    const all = ['--remove', '--delete-results'];
    const seen = shellWith(RESULTS, undefined, 'yes');
    expect(await seen.setup(...all)).toBe(1);
    expect(seen.questions).toEqual([`Type ${PROJECT} to continue: `]);
    expect([seen.calls, seen.removedProjects]).toEqual([[], []]);

    const named = shellWith(RESULTS, undefined, PROJECT);
    expect(await named.setup(...all)).toBe(0);
    expect([named.calls, named.removedProjects]).toEqual([['remove'], [PROJECT]]);
  });
});

it('against the sandbox: the retention that is shown is the one that was set', async () => {
  const sandbox = await startStackSandbox();
  try {
    const run = (...args: string[]) => {
      const seen = sandbox.connect();
      return main(['setup', ...args], { commands: COMMANDS, version: '1' }, seen.shell).then(
        (code) => ({ code, ...seen }),
      );
    };
    await run('--parameter', 'RetentionDays=730');
    const shorter = ['setup', '--parameter', 'RetentionDays=90'];
    let read = '';
    const stream = { write: (text: string) => (read += text) };
    const output = createStreamOutput({ stdout: stream, stderr: stream, colors: false });
    const { shell } = sandbox.connect();
    expect(await main(shorter, { commands: COMMANDS, version: '1' }, { ...shell, output })).toBe(1);
    // What is lost stands apart from the table, and the refusal directly below it.
    expect(read).toMatch(/730 → 90\n\nResults will be kept .*\nNothing was changed: .*--yes\.\n$/);
    const refused = await run('--parameter', 'RetentionDays=90');
    expect(refused.code).toBe(1);
    expect(refused.said()).toMatch(/Results +TTL +730 → 90/);
    expect(refused.notes[0]).toContain('kept for 90 days instead of 730');
    expect((await run('--parameter', 'RetentionDays=730')).said()).toMatch(/^Nothing to change/);
    expect((await run('--parameter', 'RetentionDays=90', '--yes')).code).toBe(0);
  } finally {
    await sandbox.close();
  }
});
