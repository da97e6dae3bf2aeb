/** Where something is there already: what a failed creation left, or results of before. */
import { describe, expect, it } from 'vitest';
import type { StackPlan } from '../../alicloud/resource-orchestration/stack-plan.ts';
import { fakeStack, NOTHING, PLAN, setup } from '../support/cli/fake-stack.ts';
import { startStackSandbox } from '../support/stack/sandbox.ts';

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
