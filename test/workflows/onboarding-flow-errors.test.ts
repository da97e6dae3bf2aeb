import { describe, expect, test } from 'vitest';
import { ServiceError } from '../../sandbox/src/protocols/service-error.ts';
import { runFlow } from '../../sandbox/src/services/cloud-flow/run-flow.ts';
import { hurried } from '../../sandbox/src/testing/flow-clock.ts';
import { createWorld } from '../../sandbox/src/world/world.ts';
import { filledIn, ONBOARDING_FLOW } from '../support/flow/definition.ts';

describe('errors of Function Compute', () => {
  const covered = { accounts: { pending: 0, overdue: 0, failed: 0 }, attention: [] };

  /** Each answer in turn; the last stays. */
  async function run(answers: readonly (ServiceError | object)[]) {
    const world = createWorld({ speed: 0, startMs: 0 });
    world.identities.createRole('1', 'flow', {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    let turn = 0;
    const result = await runFlow({
      definition: filledIn(ONBOARDING_FLOW, { region: world.region, accountId: '1' }),
      input: {},
      roleArn: 'acs:ram::1:role/flow',
      accountId: '1',
      world: { ...world, clock: hurried(world.clock) },
      functionCompute: {
        invoke: async (functionName, payload) => {
          const answer = answers[Math.min(turn, answers.length - 1)];
          turn += 1;
          if (answer instanceof ServiceError) throw answer;
          const invocation = {
            requestId: '1',
            functionName,
            attempt: 1,
            mode: 'sync',
            status: 'succeeded',
            payload: Buffer.from(payload),
            result: Buffer.from(JSON.stringify(answer)),
            durationMs: 1,
            startedAtMs: 0,
            instanceId: undefined,
            stdout: [],
            stderr: [],
          } as const;
          return { requestId: '1', invocation };
        },
      },
    });
    const looksAtSeconds = result.history.flatMap((event) =>
      event.type === 'TaskScheduled' && event.state === 'Look' ? [event.atMs / 1000] : [],
    );
    return { ...result, looksAtSeconds };
  }

  const busy = new ServiceError('ResourceExhausted', 429, 'Busy.');

  test('a busy one is asked again within seconds', async () => {
    const { status, looksAtSeconds } = await run([busy, busy, covered]);
    expect(status).toBe('succeeded');
    expect(looksAtSeconds).toEqual([0, 5, 15]);
  });

  test('one that stays busy is left to the next look', async () => {
    const { status, looksAtSeconds } = await run([...Array(6).fill(busy), covered]);
    expect(status).toBe('succeeded');
    expect(looksAtSeconds).toEqual([0, 5, 15, 35, 75, 135, 435]);
  });

  test('one that is busy for a day: over, within the events that an execution may have', async () => {
    const { error, output, looksAtSeconds, history } = await run([busy]);
    expect(error?.Code).toBe('StillOpen');
    expect(output).toMatchObject({ error: { Code: 'FC.ResourceExhausted' } });
    expect(looksAtSeconds).toHaveLength(25 * 6);
    expect(history.length).toBeLessThan(5_000);
  });

  test('a function that is not there ends the flow at once', async () => {
    const { error, output, looksAtSeconds } = await run([
      new ServiceError('FunctionNotFound', 404, 'Not there.'),
    ]);
    expect(error?.Code).toBe('LookRefused');
    expect(output).toEqual({ error: { Code: 'FC.FunctionNotFound', Detail: 'Not there.' } });
    expect(looksAtSeconds).toEqual([0]);
  });

  test('the largest answer that backfill gives fits into a step', async () => {
    const attention = Array.from({ length: 50 }, (_, index) => ({
      accountId: String(1_000_000_000_000_000 + index),
      outcome: 'pending',
      recommendation: 'x'.repeat(1_000),
    }));
    const { error, output } = await run([
      { ...covered, accounts: { pending: 50, overdue: 0, failed: 0 }, attention },
    ]);
    expect(error?.Code).toBe('StillOpen');
    expect(output.open).toHaveLength(50);
  });
});
