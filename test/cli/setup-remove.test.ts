import { describe, expect, it } from 'vitest';
import { StackFailed } from '../../alicloud/resource-orchestration/stack-failed.ts';
import { event, fakeStack, setup } from '../support/cli/fake-stack.ts';

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

  it('counts what is deleted, of what ROS does not retain', async () => {
    const fake = fakeStack({
      async remove(onEvent) {
        onEvent(event('account-onboarding', 'DELETE_IN_PROGRESS'));
        onEvent(event('FailureQueue', 'DELETE_IN_PROGRESS'));
        onEvent(event('FailureQueue', 'DELETE_COMPLETE'));
        onEvent(event('LogProject', 'DELETE_COMPLETE'));
      },
    });
    expect(await setup(fake, '--remove', '--yes')).toBe(0);
    expect(fake.progress.slice(-3)).toEqual([
      '0 of 1 done: FailureQueue DELETE_IN_PROGRESS',
      '1 of 1 done: FailureQueue DELETE_COMPLETE',
      '1 of 1 done: LogProject DELETE_COMPLETE',
    ]);
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
    expect(fake.notes.at(-1)).toMatch(/^Interrupted. ROS continues the deletions/);
    expect(fake.notes.at(-1)?.split('\n').at(-1)).toBe(
      `  onboard setup --remove --stack account-onboarding --delete-results --log-project ${PROJECT}`,
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
