import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { SettingsError } from '../../alicloud/settings-error.ts';
import { ServiceError } from '../../sandbox/src/protocols/service-error.ts';
import { runFlow } from '../../sandbox/src/services/cloud-flow/run-flow.ts';
import { FUNCTION_COMPUTE_ERRORS } from '../../sandbox/src/services/function-compute/errors.ts';
import { hurried } from '../../sandbox/src/testing/flow-clock.ts';
import { createWorld } from '../../sandbox/src/world/world.ts';
import * as errors from '../../workflows/onboarding/errors.ts';
import { onboard } from '../../workflows/onboarding/run.ts';
import { filledIn, ONBOARDING_FLOW } from '../support/flow/definition.ts';
import { problemsOfFlow } from '../support/flow/walk.ts';
import {
  createFakeWorld,
  groupOf,
  MANAGEMENT_ACCOUNT_ID,
  member,
} from '../support/workflows/fake-ports.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The classes of errors that the function's code constructs somewhere. */
function thrownNames(): string[] {
  const sources = ['functions', 'workflows', 'alicloud'].flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(`${ROOT}${folder}/${path}`, 'utf8')),
  );
  return [...Object.values(errors), SettingsError].flatMap((one) => {
    if (typeof one !== 'function' || !(one.prototype instanceof Error)) return [];
    return sources.some((text) => text.includes(`new ${one.name}(`)) ? [one.name] : [];
  });
}

/** An answer as the workflow really gives it. */
async function answerOfBackfill(): Promise<object> {
  const { ports } = createFakeWorld({
    accounts: [member('1000000000000004')],
    group: [groupOf({ '1000000000000004': 'BUILDING' })],
  });
  const request = {
    trigger: 'manual',
    scope: { kind: 'directory', excludedAccountIds: [] },
    events: [],
    dryRun: false,
    verifyForMs: 0,
  } as const;
  const backoff = { baseMs: 1, capMs: 1 };
  return onboard(
    { request, unused: [] },
    ports,
    { verifyForMs: 0, overdueAfterMs: 86_400_000, retry: backoff, poll: backoff },
    {
      managementAccountId: MANAGEMENT_ACCOUNT_ID,
      startedAtMs: ports.clock.now(),
      timeoutMs: 780_000,
    },
  );
}

const rendered = v.object({
  resources: v.record(v.string(), v.object({ props: v.object({ functionName: v.string() }) })),
});

function functionNames(): string[] {
  const { resources } = v.parse(rendered, inject('renderedServerlessDevs'));
  return Object.values(resources).map(({ props }) => props.functionName);
}

const surroundings = async () => ({
  answer: await answerOfBackfill(),
  functionNames: functionNames(),
  errorNames: [
    'FnF.ALL',
    ...Object.keys(FUNCTION_COMPUTE_ERRORS).map((code) => `FC.${code}`),
    ...thrownNames(),
  ],
});

const problemsOf = async (text: string) => problemsOfFlow(parse(text), await surroundings());

/** The file with one thing changed. */
function changed(from: string | RegExp, to: string): string {
  const text = ONBOARDING_FLOW.replace(from, to);
  if (text === ONBOARDING_FLOW) throw new Error(`The definition has no ${from}.`);
  return text;
}

test('stack.yaml holds this very text', () => {
  const stack = parse(readFileSync(`${ROOT}stack.yaml`, 'utf8'));
  expect(stack.Resources.Flow.Properties.Definition['Fn::Sub']).toBe(ONBOARDING_FLOW);
});

describe('the definition', () => {
  test('every target, state, rule, error and field is there', async () => {
    expect(await problemsOf(ONBOARDING_FLOW)).toEqual([]);
  });

  test('the errors that it names are those of the code', () => {
    expect(thrownNames()).toEqual(
      expect.arrayContaining(['AccountsFailed', 'InputRejected', 'NoAccountInScope']),
    );
    expect(new errors.NoAccountInScope('').name).toBe('NoAccountInScope');
    expect(new errors.InputRejected('').name).toBe('InputRejected');
    expect(new SettingsError({ kind: 'function-credentials' }).name).toBe('SettingsError');
  });

  test('it has no placeholder that stack.yaml does not fill in', () => {
    expect(filledIn(ONBOARDING_FLOW, { region: 'r', accountId: '1' })).not.toContain(`\${`);
  });
});

describe('a definition that is broken is found out', () => {
  test.each([
    ['StartAt', changed('StartAt: Start', 'StartAt: Begin'), 'StartAt: there is no state Begin'],
    ['Next', changed('Next: Count', 'Next: Counted'), 'Wait: there is no state Counted'],
    ['a branch', changed('Next: Covered', 'Next: Cover'), 'IsCovered: there is no state Cover'],
    ['Default', changed('Default: IsDayOver', 'Default: X'), 'IsCovered: there is no state X'],
    ['Catch', changed('Next: Refused', 'Next: Refuse'), 'Look: there is no state Refuse'],
    ['unreachable', changed('Next: Refused', 'Next: StillOpen'), 'Refused: nothing leads to it'],
    ['no Next', changed('    Next: Count\n', ''), 'Wait: Next or End, one of them'],
    [
      'both',
      changed('Next: Count', 'Next: Count\n    End: true'),
      'Wait: Next or End, one of them',
    ],
    ['a name twice', changed('  - Name: Count\n', '  - Name: Wait\n'), 'two states have one name'],
    [
      'no way out',
      changed(/Next: Covered|Next: StillOpen|Next: Refused/g, 'Next: Wait'),
      'Wait: no way out',
    ],
    ['Description', changed('Description: Function Compute is busy\n        ', ''), /Description/],
    ['MaxAttempts', changed('        MaxAttempts: 5\n', ''), /MaxAttempts/],
    ['IntervalSeconds', changed('        IntervalSeconds: 5\n', ''), /IntervalSeconds/],
    ['Errors', changed('Errors: [FnF.ALL]', 'Errors: []'), /Errors/],
    ['a typo in a rule', changed('BackoffRate', 'Multiplier'), /Multiplier/],
    ['Detail', changed(/ {4}Detail: backfill.*\n/, ''), /Detail/],
    ['a wait that is too long', changed('Seconds: 300\n', 'Seconds: 301\n'), /Seconds/],
    ['an error', changed('- SettingsError', '- SettingError'), 'Look: nobody throws SettingError'],
    [
      'an error of the platform',
      changed('FC.ResourceExhausted', 'FC.Exhausted'),
      'Look: nobody throws FC.Exhausted',
    ],
    ['FnF.ALL first', changed('- FC.AccessDenied', '- FnF.ALL'), 'Look: FnF.ALL is not the last'],
    [
      'no FnF.ALL',
      changed('Errors: [FnF.ALL]', 'Errors: [AccountsFailed]'),
      'Look: an error can end the flow unsaid',
    ],
    [
      'a field of the answer',
      changed('$Output.Body.attention', '$Output.Body.attentions'),
      'Look: there is no $Output.Body.attentions',
    ],
    [
      'a count of the answer',
      changed('$Input.accounts.overdue', '$Input.accounts.late'),
      'IsCovered: there is no $Input.accounts.late',
    ],
    [
      'a field that one way does not carry',
      changed('      waitedSeconds.$: intAdd($Input.waitedSeconds, 300)\n', ''),
      'IsLookDue: there is no $Input.waitedSeconds',
    ],
    [
      'a field of the context',
      changed('$Context.Current.Error', '$Context.Error'),
      'Look: there is no $Context.Error',
    ],
    [
      'the function',
      changed('functions/backfill/', 'functions/back-fill/'),
      'Look: no function back-fill',
    ],
    ['the form of its name', changed('/LATEST', ''), /resourceArn/],
  ])('%s', async (_, definition, problem) => {
    const expected = typeof problem === 'string' ? problem : expect.stringMatching(problem);
    expect(await problemsOf(definition)).toEqual(expect.arrayContaining([expected]));
  });
});

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
