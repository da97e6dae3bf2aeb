import { expect, test } from 'vitest';
import { FlowDefinitionError } from './errors.ts';
import { readFlow } from './read-flow.ts';

const TASK = {
  Name: 'Call',
  Type: 'Task',
  Action: 'FC:InvokeFunction',
  Parameters: {
    resourceArn: 'acs:fc:cn-hangzhou:1:functions/f/LATEST',
    invocationType: 'Sync',
    body: {},
  },
  End: true,
};

function problemsOf(states: readonly object[], more: object = {}): readonly string[] {
  const definition = {
    Type: 'StateMachine',
    SpecVersion: 'v1',
    Name: 'flow',
    StartAt: 'A',
    States: states,
    ...more,
  };
  try {
    readFlow(JSON.stringify(definition));
    return [];
  } catch (error) {
    if (error instanceof FlowDefinitionError) return error.problems;
    throw error;
  }
}

const pass = (more: object = {}) => ({ Name: 'A', Type: 'Pass', End: true, ...more });
const call = (more: object) => ({ ...TASK, Name: 'A', ...more });
const choice = (Condition: string) => ({
  Name: 'A',
  Type: 'Choice',
  Branches: [{ Condition, Next: 'A' }],
  Default: 'A',
});

test('one that can be run', () => {
  expect(problemsOf([pass({ Description: 'nothing' })])).toEqual([]);
  expect(problemsOf([call({})])).toEqual([]);
});

test('every problem at once, each with its path', () => {
  expect(
    problemsOf([pass({ Next: 'B' }), { Name: 'C', Type: 'Wait', Seconds: 301, Nxt: 'A' }], {
      StartAt: 'X',
      Version: 1,
    }),
  ).toEqual([
    'States[0].End: is true, and there is a Next',
    'States[1].Seconds: 301 is no whole number of seconds from 1 to 300',
    'States[1].Next: is required where End is not true',
    'States[1].Nxt: not modelled by the sandbox',
    'Version: not modelled by the sandbox',
    'StartAt: there is no state X',
    'States[0].Next: there is no state B',
  ]);
});

test.each([
  [
    'a kind of state',
    [{ Name: 'A', Type: 'Parallel' }],
    'States[0].Type: Parallel is not modelled',
  ],
  ['a name twice', [pass(), pass()], 'States[1].Name: A is there twice'],
  ['no name', [{ Type: 'Pass', End: true }], 'States[0].Name: is required'],
  ['no Detail', [{ Name: 'A', Type: 'Fail' }], 'States[0].Detail: is required'],
  [
    'Next of a state that ends',
    [{ Name: 'A', Type: 'Succeed', Next: 'A' }],
    'States[0].Next: not modelled by the sandbox',
  ],
  [
    'no wait',
    [{ Name: 'A', Type: 'Wait', End: true }],
    'States[0].Seconds: either Seconds or Seconds.$ is required',
  ],
  [
    'a wait until',
    [{ Name: 'A', Type: 'Wait', Seconds: 1, End: true, UntilDateTime: 'x' }],
    'States[0].UntilDateTime: not modelled by the sandbox',
  ],
  ['no Default', [{ Name: 'A', Type: 'Choice', Branches: [] }], 'States[0].Default: is required'],
  [
    'a function in a condition',
    [choice('intAdd(1, 2) == 3')],
    'States[0].Branches[0].Condition: functions and objects are modelled in constructors only',
  ],
  [
    'parentheses in a condition',
    [choice('($Input.a == 1)')],
    'States[0].Branches[0].Condition: ($Input.a == 1): ( is not modelled here',
  ],
  [
    'an element of a list',
    [pass({ OutputConstructor: { 'a.$': '$Input.a[0]' } })],
    'States[0].OutputConstructor.a.$: $Input.a[0]: [ is not modelled here',
  ],
  [
    'text in single quotation marks',
    [choice("$Input.a == 'x'")],
    `States[0].Branches[0].Condition: $Input.a == 'x': "'x'" is not modelled`,
  ],
  [
    'an output in a condition',
    [choice('$Output.a == 1')],
    'States[0].Branches[0].Condition: $Output is not there at this place',
  ],
  [
    'an operator in a constructor',
    [pass({ OutputConstructor: { 'a.$': '$Input.a == 1' } })],
    'States[0].OutputConstructor.a.$: operators are modelled in conditions only',
  ],
  [
    'an output too early',
    [pass({ InputConstructor: { 'a.$': '$Output.a' } })],
    'States[0].InputConstructor.a.$: $Output is not there at this place',
  ],
  [
    'an expression that stays text',
    [pass({ OutputConstructor: { a: { b: '$Input.a' } } })],
    'States[0].OutputConstructor.a.b: $Input.a stays text: for its value the key ends with .$',
  ],
  [
    'a function',
    [pass({ OutputConstructor: { 'a.$': 'uuid()' } })],
    'States[0].OutputConstructor.a.$: the function uuid is not modelled',
  ],
  [
    'a part of the context',
    [pass({ OutputConstructor: { 'a.$': '$Context.Current.TaskToken' } })],
    'States[0].OutputConstructor.a.$: $Context.Current.TaskToken is not modelled',
  ],
  [
    'a variable',
    [pass({ OutputConstructor: { 'a.$': '$Global.a' } })],
    'States[0].OutputConstructor.a.$: $Global.a: $Global is not modelled',
  ],
  [
    'a constructor',
    [pass({ GlobalConstructor: {} })],
    'States[0].GlobalConstructor: not modelled by the sandbox',
  ],
  [
    'an action',
    [call({ Action: 'HTTP:Request' })],
    'States[0].Action: "HTTP:Request" is not modelled by the sandbox, FC:InvokeFunction is',
  ],
  [
    'a mode',
    [call({ TaskMode: 'WaitForSystemCallback' })],
    'States[0].TaskMode: "WaitForSystemCallback" is not modelled by the sandbox, RequestComplete is',
  ],
  [
    'a time limit',
    [call({ TimeoutSeconds: 1 })],
    'States[0].TimeoutSeconds: not modelled by the sandbox',
  ],
  [
    'an asynchronous call',
    [call({ Parameters: { ...TASK.Parameters, invocationType: 'Async' } })],
    'States[0].Parameters.invocationType: is modelled as Sync only',
  ],
  [
    'a parameter',
    [call({ Parameters: { ...TASK.Parameters, qualifier: 'x' } })],
    'States[0].Parameters.qualifier: not modelled by the sandbox',
  ],
  [
    'a function of FC 2.0',
    [call({ Parameters: { ...TASK.Parameters, resourceArn: 'acs:fc:::services/s/functions/f' } })],
    'States[0].Parameters.resourceArn: acs:fc:{region}:{account}:functions/{name}/LATEST is expected, filled in',
  ],
  [
    'a retry without its fields',
    [call({ Retry: [{ Errors: ['E'] }] })],
    'States[0].Retry[0].Description: is required',
  ],
  [
    'a retry without end',
    [call({ Retry: [{ Errors: ['E'], Description: 'd', IntervalSeconds: 1 }] })],
    'States[0].Retry[0].MaxAttempts: is required',
  ],
  [
    'an interval over a day',
    [
      call({
        Retry: [{ Errors: ['E'], Description: 'd', IntervalSeconds: 86_401, MaxAttempts: 1 }],
      }),
    ],
    'States[0].Retry[0].IntervalSeconds: 86401 is no whole number from 1 to 86400',
  ],
  [
    'a rule that hides another',
    [
      call({
        Catch: [
          { Errors: ['FnF.ALL'], Description: 'd', OutputConstructor: {}, Next: 'A' },
          { Errors: ['E'], Description: 'd', OutputConstructor: {}, Next: 'A' },
        ],
      }),
    ],
    'States[0].Catch[0].Errors: FnF.ALL hides the rules after it',
  ],
  [
    'no errors',
    [call({ Catch: [{ Errors: [], Description: 'd', OutputConstructor: {}, Next: 'A' }] })],
    'States[0].Catch[0].Errors: names no error',
  ],
  [
    'a catch that makes nothing',
    [call({ Catch: [{ Errors: ['E'], Description: 'd', Next: 'A' }] })],
    'States[0].Catch[0].OutputConstructor: is required',
  ],
])('%s', (_, states, problem) => {
  expect(problemsOf(states)).toContain(problem);
});

test('what is no YAML, and what is no object', () => {
  expect(() => readFlow('a: [')).toThrow(FlowDefinitionError);
  expect(() => readFlow('text')).toThrow('the file: an object is expected');
});

test('the old language', () => {
  expect(() => readFlow('type: flow\nversion: v1\nsteps: []')).toThrow('type: not modelled');
});
