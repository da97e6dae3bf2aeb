import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { SettingsError } from '../../alicloud/settings-error.ts';
import { FUNCTION_COMPUTE_ERRORS } from '../../sandbox/src/services/function-compute/errors.ts';
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
