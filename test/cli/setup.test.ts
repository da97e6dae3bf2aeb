import { describe, expect, it } from 'vitest';
import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import { event, fakeStack, NOTHING, PLAN, setup } from '../support/cli/fake-stack.ts';

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

  it('--no-next leaves out what to do next, and that it was only the plan', async () => {
    const fake = fakeStack();
    await setup(fake, '--no-next');
    expect(fake.said()).not.toContain('Next:');
    const dry = fakeStack();
    expect(await setup(dry, '--no-next', '--dry-run')).toBe(0);
    expect(dry.said()).toContain('Results');
    expect(dry.said()).not.toContain('That was the plan');
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
