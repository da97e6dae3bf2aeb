import { describe, expect, it } from 'vitest';
import type { StackEvent } from '../../alicloud/resource-orchestration/stack-events.ts';
import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import type { StackPlan } from '../../alicloud/resource-orchestration/stack-plan.ts';
import { COMMANDS } from '../../cli/commands/all.ts';
import { main, type Shell } from '../../cli/main.ts';
import type { Stack } from '../../cli/operator.ts';
import { createStackShell } from '../support/stack/operator.ts';
import { startStackSandbox } from '../support/stack/sandbox.ts';

const PLAN: StackPlan = {
  kind: 'update',
  changeSetId: 'c',
  stackId: 's',
  changes: [
    { action: 'Add', logicalId: 'Flow', type: 'ALIYUN::FNF::Flow' },
    {
      action: 'Modify',
      logicalId: 'Results',
      type: 'ALIYUN::SLS::Logstore',
      replacement: 'False',
    },
    {
      action: 'Modify',
      logicalId: 'FailureQueue',
      type: 'ALIYUN::MNS::Queue',
      replacement: 'Conditional',
    },
    {
      action: 'Modify',
      logicalId: 'EventRole',
      type: 'ALIYUN::RAM::Role',
      replacement: 'True',
    },
    { action: 'Remove', logicalId: 'OldRole', type: 'ALIYUN::RAM::Role' },
  ],
};
const NOTHING: StackPlan = { kind: 'nothing' };

const event = (logicalId: string, status: string, reason?: string): StackEvent => ({
  id: `${logicalId}-${status}`,
  time: '2026-11-20T12:00:00',
  logicalId,
  type: 'ALIYUN::SLS::Logstore',
  status,
  ...(reason === undefined ? {} : { reason }),
});

/** A stack that does as it is told, and remembers what that was. */
function fakeStack(given: Partial<Stack> = {}) {
  const calls: unknown[] = [];
  const stack: Stack = {
    async plan(template, parameters) {
      calls.push(['plan', template.split('\n')[0], parameters]);
      return PLAN;
    },
    async execute(plan, onEvent) {
      calls.push(['execute', plan]);
      onEvent(event('account-onboarding', 'UPDATE_IN_PROGRESS'));
      onEvent(event('Results', 'UPDATE_IN_PROGRESS'));
      onEvent(event('Results', 'UPDATE_COMPLETE'));
    },
    async discard(plan) {
      calls.push(['discard', plan]);
    },
    isSetUp: async () => true,
    deployed: async () => undefined,
    async describe() {
      return {
        status: 'CREATE_COMPLETE',
        resources: [
          { logicalId: 'LogProject', type: 'ALIYUN::SLS::Project' },
          { logicalId: 'FailureQueue', type: 'ALIYUN::MNS::Queue' },
        ],
      };
    },
    async remove() {
      calls.push(['remove']);
    },
    outputs: async () => ({ LogProject: 'account-onboarding-1', LogStore: 'results' }),
    ...given,
  };
  const names = new Set<string>();
  const seen = createStackShell((name) => {
    names.add(name);
    return stack;
  });
  return { ...seen, calls, names: () => [...names] };
}

/** The command as it is typed. Returns the exit code. */
const setup = ({ shell }: { readonly shell: Shell }, ...args: string[]) =>
  main(['setup', ...args], { commands: COMMANDS, version: '1' }, shell);

describe('onboard setup', () => {
  it('plans with the template and the parameters, shows the plan, and applies it', async () => {
    const fake = fakeStack();
    const parameters = ['--parameter', 'RetentionDays=730', '--parameter', 'AlertActionPolicy=ops'];
    expect(await setup(fake, ...parameters)).toBe(0);
    expect(fake.names()).toEqual(['account-onboarding']);
    expect(fake.calls).toEqual([
      ['plan', expect.stringContaining('ROS'), { RetentionDays: '730', AlertActionPolicy: 'ops' }],
      ['execute', PLAN],
    ]);
    expect(fake.said()).toMatchInlineSnapshot(`
      "The stack account-onboarding will be updated:
      action  resource      type                   replacement
      Add     Flow          ALIYUN::FNF::Flow
      Modify  Results       ALIYUN::SLS::Logstore  no
      Modify  FailureQueue  ALIYUN::MNS::Queue     perhaps
      Modify  EventRole     ALIYUN::RAM::Role      yes: deleted and created again
      Remove  OldRole       ALIYUN::RAM::Role

      The stack account-onboarding is complete.
      output      value
      LogProject  account-onboarding-1
      LogStore    results
      Next: npm run deploy deploys the functions."
    `);
    expect(fake.progress).toContain('1 of 5 done: Results UPDATE_COMPLETE');
    expect(fake.notes).toEqual([]);
  });

  it('takes the stack that it is told', async () => {
    const fake = fakeStack();
    await setup(fake, '--stack', 'another');
    expect(fake.names()).toEqual(['another']);
  });

  it('changes nothing where nothing is to change, and says so', async () => {
    const fake = fakeStack({ plan: async () => NOTHING });
    expect(await setup(fake)).toBe(0);
    expect(fake.calls).toEqual([]);
    expect(fake.said()).toMatch(/^Nothing to change/);
  });

  it('--dry-run stops at the plan', async () => {
    const fake = fakeStack();
    expect(await setup(fake, '--dry-run')).toBe(0);
    expect(fake.calls.at(-1)).toEqual(['discard', PLAN]);
    expect(fake.said()).toContain('Results');
    expect(fake.said()).toMatch(/\n\nThat was the plan\. Nothing was changed\.$/);
  });

  it('tells the failing resource’s own message', async () => {
    const fake = fakeStack({
      async execute(_plan, onEvent) {
        onEvent(event('Results', 'CREATE_FAILED', 'ShardQuotaExceed: too many shards'));
        throw new StackFailed({
          status: 'CREATE_ROLLBACK_COMPLETE',
          message: 'ShardQuotaExceed: too many shards',
          logicalId: 'Results',
          type: 'ALIYUN::SLS::Logstore',
        });
      },
    });
    expect(await setup(fake)).toBe(1);
    expect(fake.notes).toEqual([
      'CREATE_FAILED Results (ALIYUN::SLS::Logstore): ShardQuotaExceed: too many shards',
      'Results (ALIYUN::SLS::Logstore) failed: ShardQuotaExceed: too many shards',
      'The stack is in CREATE_ROLLBACK_COMPLETE. When the cause is fixed, run onboard setup again.',
    ]);
    expect(fake.said()).not.toContain('complete');
  });

  it('tells a failure that no resource is known for', async () => {
    const fake = fakeStack({
      async execute() {
        throw new StackFailed({ status: 'UPDATE_FAILED', message: 'Stack timed out' });
      },
    });
    expect(await setup(fake)).toBe(1);
    expect(fake.notes[0]).toBe('The stack account-onboarding failed: Stack timed out');
  });

  it('leaves other errors to the command line', async () => {
    const fake = fakeStack({
      async execute() {
        throw new TypeError('a bug');
      },
    });
    expect(await setup(fake)).toBe(1);
    expect(fake.notes[0]).toBe('Unexpected TypeError: a bug');
  });

  it('interrupted before it applies the plan: changes nothing', async () => {
    const interruption = new AbortController();
    const fake = fakeStack({
      plan: async () => {
        interruption.abort();
        return PLAN;
      },
    });
    const shell = { ...fake.shell, interrupted: interruption.signal };
    expect(await setup({ shell })).toBe(130);
    expect(fake.calls).toEqual([['discard', PLAN]]);
  });

  it('interrupted at once: plans nothing, and creates no role', async () => {
    const fake = fakeStack();
    fake.missingRoles.add('AliyunServiceRoleForConfig');
    const shell = { ...fake.shell, interrupted: AbortSignal.abort() };
    expect(await setup({ shell })).toBe(130);
    expect([fake.calls, fake.createdFor]).toEqual([[], []]);
  });

  it('interrupted while it plans: leaves, and changes nothing', async () => {
    const interruption = new AbortController();
    const fake = fakeStack({
      plan: (_template, _parameters, interrupted) =>
        new Promise((_resolve, reject) => {
          interrupted?.addEventListener('abort', () => reject(new Error('gone')));
          interruption.abort();
        }),
    });
    const shell = { ...fake.shell, interrupted: interruption.signal };
    expect(await setup({ shell })).toBe(130);
    expect(fake.notes).toEqual(['Interrupted.']);
    expect(fake.calls).toEqual([]);
  });

  it('--no-next leaves out what to do next', async () => {
    const fake = fakeStack();
    await setup(fake, '--no-next');
    expect(fake.said()).not.toContain('Next:');
  });

  it('interrupted while it applies the plan: says that ROS goes on', async () => {
    const interruption = new AbortController();
    const fake = fakeStack({
      execute: () => {
        interruption.abort();
        return new Promise(() => undefined);
      },
    });
    const shell = { ...fake.shell, interrupted: interruption.signal };
    expect(await setup({ shell })).toBe(130);
    expect(fake.notes[0]).toMatch(/ROS continues/);
  });

  it.each([
    [['--delete-results'], /--delete-results works only with --remove/],
    [['--remove', '--parameter', 'A=1'], /--parameter can't be combined with --remove/],
    [['--parameter', 'RetentionDay=1'], /has no parameter RetentionDay: it has RetentionDays, /],
    [['--parameter', 'secret'], /takes KEY=VALUE, for example RetentionDays=730\.$/],
    [['--parameter', '=1'], /takes KEY=VALUE/],
    [
      ['--parameter', 'RetentionDays=6'],
      /^--parameter RetentionDays is out of range: A whole number from 7 to 3600\.$/,
    ],
    [
      ['--parameter', 'ResultStore=Keep'],
      /ResultStore is out of range: Create, ExistingProject, ExistingLogstore or Existing/,
    ],
    [['--parameter', 'AlertActionPolicy=a=b'], /AlertActionPolicy is out of range: 2 to 100/],
    [
      ['--parameter', 'RetentionDays=8', '--parameter', 'RetentionDays=9'],
      /RetentionDays is given twice/,
    ],
  ])('%j is a wrong use', async (args, message) => {
    const fake = fakeStack();
    expect(await setup(fake, ...args)).toBe(1);
    expect(fake.notes[0]).toMatch(message);
    expect(fake.notes[1]).toBe('onboard setup --help says how it is used.');
    expect(fake.names()).toEqual([]);
  });
});

describe('over what a failed creation left', () => {
  const left: StackPlan = {
    kind: 'clear',
    stackId: 's',
    status: 'CREATE_ROLLBACK_COMPLETE',
    reason: '',
    isEmpty: true,
  };

  it('--dry-run says so, and changes nothing', async () => {
    const fake = fakeStack({ plan: async () => left });
    expect(await setup(fake, '--dry-run')).toBe(0);
    expect(fake.calls).toEqual([['discard', left]]);
    expect(fake.said()).toMatch(/CREATE_ROLLBACK_COMPLETE and holds nothing: it will be deleted/);
  });

  it('deletes it, then plans and creates', async () => {
    const plans: StackPlan[] = [left, PLAN];
    const fake = fakeStack({ plan: async () => plans.shift() ?? NOTHING });
    expect(await setup(fake)).toBe(0);
    expect(fake.calls).toEqual([
      ['execute', left],
      ['execute', PLAN],
    ]);
  });

  it('asks first, where resources go with it', async () => {
    const holding: StackPlan = {
      ...left,
      status: 'CREATE_ROLLBACK_FAILED',
      reason: 'EventRole: denied',
      isEmpty: false,
    };
    const plans: StackPlan[] = [holding, holding, PLAN];
    const fake = fakeStack({ plan: async () => plans.shift() ?? NOTHING });
    expect(await setup(fake)).toBe(1);
    expect(fake.calls).toEqual([['discard', holding]]);
    expect(fake.notes[0]).toMatch(
      /is in CREATE_ROLLBACK_FAILED \(EventRole: denied\)\. What is left/,
    );
    expect(await setup(fake, '--yes')).toBe(0);
    expect(fake.calls.slice(1)).toEqual([
      ['execute', holding],
      ['execute', PLAN],
    ]);
  });
});

describe('onboard setup --remove', () => {
  const PROJECT = 'account-onboarding-1000000000000001';
  const all = ['--remove', '--delete-results', '--yes'];

  it('removes the stack and says what is kept, and how to delete that', async () => {
    const fake = fakeStack();
    expect(await setup(fake, '--remove', '--yes')).toBe(0);
    expect(fake.calls).toEqual([['remove']]);
    expect(fake.lines).toEqual([
      'The stack account-onboarding is removed.',
      `The log project ${PROJECT} and its results are kept, if there are any. To delete them:`,
      `  onboard setup --remove --delete-results --log-project ${PROJECT}`,
    ]);
    expect(fake.removedProjects).toEqual([]);
  });

  it('deletes the results after the stack, and only when that is asked for', async () => {
    const fake = fakeStack();
    expect(await setup(fake, ...all)).toBe(0);
    expect(fake.calls).toEqual([['remove']]);
    expect(fake.removedProjects).toEqual([PROJECT]);
    expect(fake.lines.at(-1)).toBe(
      `The log project ${PROJECT} is deleted, with all results in it.`,
    );
  });

  it('keeps the results when the stack could not be removed', async () => {
    const fake = fakeStack({
      async remove() {
        throw new StackFailed({ status: 'DELETE_FAILED', message: 'in use' });
      },
    });
    expect(await setup(fake, ...all)).toBe(1);
    expect(fake.notes.at(-1)).toBe('in use');
    expect(fake.removedProjects).toEqual([]);
  });

  it('--dry-run says what would go, and what would stay', async () => {
    const fake = fakeStack();
    expect(await setup(fake, '--remove', '--dry-run')).toBe(0);
    expect(fake.said()).toBe(`The stack account-onboarding would be deleted:
action  resource      type
keep    LogProject    ALIYUN::SLS::Project
delete  FailureQueue  ALIYUN::MNS::Queue

The log project ${PROJECT} would be kept, with its results.
That was the plan. Nothing was changed.`);
    await setup(fake, ...all, '--dry-run');
    expect(fake.said()).toContain('delete  LogProject');
    expect(fake.said()).toContain(`${PROJECT} would be deleted, with all results in it.`);
    expect([fake.calls, fake.removedProjects]).toEqual([[], []]);
  });

  it('interrupted: ROS goes on, the results are kept, and how to look again', async () => {
    const interruption = new AbortController();
    const fake = fakeStack({
      remove: () => {
        interruption.abort();
        return new Promise(() => undefined);
      },
    });
    const shell = { ...fake.shell, interrupted: interruption.signal };
    expect(await setup({ shell }, ...all)).toBe(130);
    expect(fake.notes.at(-1)).toMatch(
      /ROS continues the deletions.*\n {2}onboard setup --remove --stack/,
    );
    expect(fake.removedProjects).toEqual([]);
  });

  describe('of a stack that is not there', () => {
    const none = () => fakeStack({ describe: async () => undefined });

    it('says where it looked', async () => {
      const fake = none();
      expect(await setup(fake, '--remove', '--stack', 'mistyped')).toBe(0);
      expect(fake.lines[0]).toBe('There is no stack mistyped in cn-hangzhou: nothing to remove.');
      expect(fake.calls).toEqual([]);
    });

    it('keeps the results of another one, and says how to delete them', async () => {
      const fake = none();
      expect(await setup(fake, ...all, '--stack', 'mistyped')).toBe(1);
      expect(fake.removedProjects).toEqual([]);
      expect(fake.notes[0]).toContain(`--delete-results --log-project ${PROJECT}`);
    });

    it('deletes results that are named', async () => {
      const fake = none();
      expect(await setup(fake, ...all, '--log-project', PROJECT)).toBe(0);
      expect(fake.removedProjects).toEqual([PROJECT]);
      expect(await setup(fake, ...all, '--log-project', PROJECT)).toBe(0);
      expect(fake.lines.at(-1)).toMatch(/There is no log project .*: nothing to delete\./);
    });

    it('deletes no project but its own', async () => {
      const fake = none();
      expect(await setup(fake, ...all, '--log-project', 'payroll')).toBe(1);
      expect(fake.notes[0]).toContain(`payroll is not the log project, which is ${PROJECT}`);
      expect(fake.removedProjects).toEqual([]);
    });
  });
});

describe('service-linked roles', () => {
  it('are named before they are created, and only where they are missing', async () => {
    const seen = fakeStack({ plan: async () => NOTHING });
    seen.missingRoles.add('AliyunServiceRoleForConfig');
    expect(await setup(seen)).toBe(0);
    expect(seen.createdFor).toEqual(['config.aliyuncs.com']);
    expect(seen.lines.slice(0, 2)).toEqual([
      'The service-linked role AliyunServiceRoleForConfig will be created, for config.aliyuncs.com.',
      'The service-linked role AliyunServiceRoleForConfig is created.',
    ]);
  });

  it('of the event path are EventBridge’s, and a dry run creates none', async () => {
    const seen = fakeStack({ plan: async () => NOTHING });
    seen.missingRoles.add('AliyunServiceRoleForEventBridgeSendToFC');
    expect(await setup(seen, '--event-rule', '--dry-run')).toBe(0);
    expect(seen.createdFor).toEqual([]);
    expect(seen.said()).toContain('sendevent-fc.eventbridge.aliyuncs.com');
    expect(await setup(seen, '--event-rule')).toBe(0);
    expect(seen.createdFor).toEqual(['sendevent-fc.eventbridge.aliyuncs.com']);
  });
});

describe('the event path', () => {
  it('is a stack of its own, and has nothing to do with the results', async () => {
    const seen = fakeStack({ plan: async () => NOTHING });
    expect(await setup(seen, '--event-rule')).toBe(0);
    expect(seen.names()).toEqual(['account-onboarding-events']);
    expect(await setup(seen, '--event-rule', '--remove', '--yes')).toBe(0);
    expect(seen.said()).not.toContain('log project');
  });
});

describe('against the sandbox', () => {
  it('plans, sets up, finds nothing to change, removes, and goes on with the old results', async () => {
    const sandbox = await startStackSandbox();
    try {
      const first = sandbox.connect();
      await setup(first, '--dry-run');
      await expect(`${first.said()}\n`).toMatchFileSnapshot('setup-plan.golden.txt');
      expect(sandbox.resources()).toEqual([]);

      const second = sandbox.connect();
      expect(await setup(second)).toBe(0);
      expect(sandbox.resources()).toContain('HeartbeatAlert');
      expect(second.said()).toMatch(/LogStore +results/);

      const third = sandbox.connect();
      expect(await setup(third)).toBe(0);
      expect(third.said()).toMatch(/^Nothing to change/);

      const changed = sandbox.connect();
      expect(await setup(changed, '--parameter', 'AlertActionPolicy=ops')).toBe(0);
      expect(changed.said()).toMatch(/Modify +HeartbeatAlert/);
      expect(changed.said()).not.toMatch(/ Results /);
      expect(changed.said()).toMatch(/old → new/);

      const removal = sandbox.connect();
      expect(await setup(removal, '--remove', '--yes')).toBe(0);
      expect(sandbox.resources()).toEqual([]);
      expect(sandbox.hasResults()).toBe(true);

      const again = sandbox.connect();
      expect(await setup(again, '--dry-run')).toBe(0);
      expect(again.lines[0]).toMatch(
        /is left from before, with its results: the new stack will use it/,
      );
      expect(again.said()).not.toMatch(/ Results /);
      expect(sandbox.resources()).toEqual([]);

      const existing = sandbox.connect();
      expect(await setup(existing)).toBe(0);
      expect(sandbox.resources()).not.toContain('Results');
      expect(existing.said()).toMatch(/LogProject +account-onboarding-/);

      const unchanged = sandbox.connect();
      expect(await setup(unchanged)).toBe(0);
      expect(unchanged.said()).toMatch(/^Nothing to change/);

      const all = ['--remove', '--delete-results', '--yes'];
      const mistyped = sandbox.connect();
      expect(await setup(mistyped, ...all, '--stack', 'mistyped')).toBe(1);
      expect(sandbox.hasResults()).toBe(true);

      const gone = sandbox.connect();
      expect(await setup(gone, ...all)).toBe(0);
      expect(sandbox.hasResults()).toBe(false);
    } finally {
      await sandbox.close();
    }
  });

  it.each([
    ['CreateLogStore', /without a logstore of results: .* create the logstore\./, 'Results'],
    ['CreateIndex', /without an index of its results: .* create the index\./, 'ResultsIndex'],
  ] as const)(
    'goes on with what a creation left that failed at %s',
    async (operation, found, made) => {
      const sandbox = await startStackSandbox();
      try {
        const effect = { kind: 'error', code: 'SandboxRefused', status: 403 } as const;
        sandbox.faults.add({ service: 'log-service', operation, effect, when: { always: true } });
        expect(await setup(sandbox.connect())).toBe(1);
        sandbox.faults.clear();
        const next = sandbox.connect();
        expect(await setup(next)).toBe(0);
        expect(next.lines[0]).toMatch(found);
        expect(sandbox.resources()).toContain(made);
        expect(sandbox.resources()).not.toContain('LogProject');
        const unchanged = sandbox.connect();
        expect(await setup(unchanged)).toBe(0);
        expect(unchanged.said()).toMatch(/^Nothing to change/);
      } finally {
        await sandbox.close();
      }
    },
  );
});
