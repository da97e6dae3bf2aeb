import type { StackEvent } from '../../../alicloud/resource-orchestration/stack-events.ts';
import type { StackPlan } from '../../../alicloud/resource-orchestration/stack-plan.ts';
import { COMMANDS } from '../../../cli/commands/all.ts';
import { main, type Shell } from '../../../cli/main.ts';
import type { Stack } from '../../../cli/operator.ts';
import { createStackShell } from '../stack/operator.ts';

export const PLAN: StackPlan = {
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

export const NOTHING: StackPlan = { kind: 'nothing' };

export const event = (logicalId: string, status: string, reason?: string): StackEvent => ({
  id: `${logicalId}-${status}`,
  time: '2026-11-20T12:00:00',
  logicalId,
  type: 'ALIYUN::SLS::Logstore',
  status,
  ...(reason === undefined ? {} : { reason }),
});

/** A stack that does as it is told, and remembers what that was. */
export function fakeStack(given: Partial<Stack> = {}) {
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
export const setup = ({ shell }: { readonly shell: Shell }, ...args: string[]) =>
  main(['setup', ...args], { commands: COMMANDS, version: '1' }, shell);
