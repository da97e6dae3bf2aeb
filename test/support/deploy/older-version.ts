import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStack } from '../../../alicloud/resource-orchestration/stack.ts';
import { PROJECT_ROOT } from '../../../scripts/deploy-to-sandbox.ts';
import type { DeployWorld } from './world.ts';

/** Of each type of resource that an upgrade may change, what an older version had. */
const OLDER: Readonly<Record<string, readonly (readonly [now: string, then: string])[]>> = {
  'account-onboarding': [
    ['TTL: 30', 'TTL: 14'],
    ['{ Name: message, Type: text }', '{ Name: line, Type: text }'],
    ['DisplayName: Account onboarding', 'DisplayName: Onboarding'],
    ['DisplayName: "Account onboarding: no scheduled run', 'DisplayName: "Onboarding: no run'],
    [
      'MessageRetentionPeriod: 604800',
      'MessageRetentionPeriod: 604800\n      VisibilityTimeout: 60',
    ],
    ['Action: [config:GetAggregator, config:ListAggregators]', 'Action: [config:GetAggregator]'],
    ['Description: Onboards every member with durable waits', 'Description: Onboards members'],
  ],
  'account-onboarding-events': [
    ['Description: Accounts that were created in, or', 'Description: Accounts that joined, or'],
  ],
};
const FILES = {
  'account-onboarding': 'stack.yaml',
  'account-onboarding-events': 'event-rule.yaml',
};

/** Makes the stacks what an older version would have deployed. */
export async function makeOlder({ sandbox, clock }: DeployWorld): Promise<void> {
  for (const [stackName, file] of Object.entries(FILES)) {
    const stack = createStack({
      stackName,
      clock,
      endpoint: sandbox.endpoint,
      region: sandbox.region,
      credentials: sandbox.credentials,
      retryReads: (read) => read({ timeoutMs: 5_000 }),
    });
    const template = (OLDER[stackName] ?? []).reduce(
      (text, [now, then]) => {
        if (!text.includes(now)) throw new Error(`${file} has no ${now}.`);
        return text.replace(now, then);
      },
      readFileSync(join(PROJECT_ROOT, file), 'utf8'),
    );
    const plan = await stack.plan(template, {});
    if (plan.kind !== 'update') throw new Error(`${stackName}: ${plan.kind}, not an update.`);
    await stack.execute(plan, () => undefined);
  }
}
