import * as v from 'valibot';
import { inject, onTestFinished } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/src/index.ts';
import { type FlowResult, runFlow } from '../../../sandbox/src/services/cloud-flow/run-flow.ts';
import { hurried } from '../../../sandbox/src/testing/flow-clock.ts';
import {
  createStackIn,
  FUNCTION_ENVIRONMENT,
  PROJECT_ROOT,
} from '../../../scripts/deploy-to-sandbox.ts';
import { startInstanceInProcess } from '../functions/instance-in-process.ts';
import { filledIn, ONBOARDING_FLOW } from './definition.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const FLOW_ROLE = 'account-onboarding-flow';

/** Retries within a look cost a moment. */
const HURRIED = { RETRY_BASE_SECONDS: '0.01', RETRY_CAP_SECONDS: '0.05' };

export interface FlowSandboxOptions extends SandboxOptions {
  /** Where functions run. Default: here. */
  readonly instances?: 'in-process' | 'processes';
  readonly environment?: Readonly<Record<string, string>>;
}

export interface FlowSandbox extends Sandbox {
  /** Runs the onboarding flow to its end; its waits are over at once. */
  runFlow(input?: unknown): Promise<FlowResult>;
  /** What the flow's role may do; at first, invoke backfill. */
  allowFlow(...actions: readonly string[]): void;
}

/**
 * The functions on a clock that only the flow moves; closed when the test ends. Without the
 * schedule of s.yaml: in a day that passes in seconds, its 288 runs would take the flow's place.
 */
export async function flowSandbox(options: FlowSandboxOptions = {}): Promise<FlowSandbox> {
  const { environment, instances, ...sandboxOptions } = options;
  const sandbox = await createSandbox({
    speed: 0,
    logsVisibleAfterMs: 0,
    // A new instance for each look of a day would take the test's time.
    instanceIdleMs: () => WEEK_MS,
    functionEnvironment: FUNCTION_ENVIRONMENT,
    ...(instances === 'processes' ? {} : { startInstance: startInstanceInProcess }),
    ...sandboxOptions,
  });
  onTestFinished(() => sandbox.close());
  await createStackIn(sandbox);
  await sandbox.deploy({
    rendered: withoutTriggers(inject('renderedServerlessDevs')),
    baseDir: PROJECT_ROOT,
    environment: { ...HURRIED, ...environment },
  });

  const { world, region, managementAccountId: accountId, functionCompute } = sandbox;
  const allowFlow = (...actions: readonly string[]) => {
    const Resource = `acs:fc:${region}:${accountId}:functions/backfill*`;
    world.identities.createRole(accountId, FLOW_ROLE, {
      Version: '1',
      Statement: actions.map((Action) => ({ Effect: 'Allow', Action, Resource })),
    });
  };
  allowFlow('fc:InvokeFunction');
  return {
    ...sandbox,
    allowFlow,
    runFlow: (input = {}) =>
      runFlow({
        definition: filledIn(ONBOARDING_FLOW, { region, accountId }),
        input,
        roleArn: `acs:ram::${accountId}:role/${FLOW_ROLE}`,
        accountId,
        world: { ...world, clock: hurried(world.clock) },
        functionCompute,
      }),
  };
}

const renderedFile = v.looseObject({
  resources: v.record(
    v.string(),
    v.looseObject({
      props: v.looseObject({ triggers: v.optional(v.array(v.unknown())) }),
    }),
  ),
});

function withoutTriggers(rendered: unknown): unknown {
  const copy = v.parse(renderedFile, structuredClone(rendered));
  for (const { props } of Object.values(copy.resources)) props.triggers = [];
  return copy;
}
