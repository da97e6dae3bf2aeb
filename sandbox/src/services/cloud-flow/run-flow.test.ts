import { expect, onTestFinished, test } from 'vitest';
import { hurried } from '../../testing/flow-clock.ts';
import { ACCOUNT_ID, createFunctionWorld, REGION } from '../../testing/function-world.ts';
import { type FlowOptions, runFlow } from './run-flow.ts';

const ROLE_ARN = `acs:ram::${ACCOUNT_ID}:role/flow`;

/** A flow beside real functions, each the source of its own. */
async function createWorld(sources: Readonly<Record<string, string>> = {}) {
  const made = await createFunctionWorld({ clockSpeed: 0 });
  onTestFinished(() => made.close());
  const { world, functionCompute } = made;
  world.identities.createRole(ACCOUNT_ID, 'flow', {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'fc:InvokeFunction', Resource: '*' }],
  });
  for (const [name, source] of Object.entries(sources)) made.createFunction(name, source);
  const run = (states: readonly object[], more: Partial<FlowOptions> & { startAt?: string } = {}) =>
    runFlow({
      definition: JSON.stringify({
        Type: 'StateMachine',
        SpecVersion: 'v1',
        Name: 'flow',
        StartAt: more.startAt ?? 'A',
        States: states,
      }),
      input: {},
      roleArn: ROLE_ARN,
      accountId: ACCOUNT_ID,
      world: { ...world, clock: hurried(world.clock) },
      functionCompute,
      ...more,
    });
  return { ...made, run };
}

const call = (name: string, more: object = {}) => ({
  Name: 'A',
  Type: 'Task',
  Action: 'FC:InvokeFunction',
  Parameters: {
    resourceArn: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/${name}/LATEST`,
    invocationType: 'Sync',
    'body.$': '$Context.Execution.Input',
  },
  End: true,
  ...more,
});

const failAs = (name: string) => `
  exports.handler = async () => { const e = new Error('no'); e.name = '${name}'; throw e; };`;

test('data goes from state to state through the constructors', async () => {
  const { run } = await createWorld();
  const result = await run(
    [
      {
        Name: 'A',
        Type: 'Pass',
        InputConstructor: { 'kept.$': '$Input.n', name: '$5' },
        OutputConstructor: {
          'in.$': '$Input',
          'out.$': '$Output',
          list: [{ 'n.$': '$Input.kept' }],
        },
        Next: 'B',
      },
      {
        Name: 'B',
        Type: 'Choice',
        Branches: [
          { Condition: '$Input.in.kept > 9', Next: 'C' },
          { Condition: '$Input.in.kept == 7', Next: 'D' },
        ],
        Default: 'C',
      },
      { Name: 'C', Type: 'Fail', Detail: 'the wrong way' },
      { Name: 'D', Type: 'Succeed', OutputConstructor: { 'end.$': '$Input' } },
    ],
    { input: { n: 7 } },
  );
  const made = { kept: 7, name: '$5' };
  expect(result).toMatchObject({
    status: 'succeeded',
    error: undefined,
    output: { end: { in: made, out: made, list: [{ n: 7 }] } },
  });
  expect(result.history.map((event) => [event.type, event.state])).toEqual(
    ['A', 'B', 'D'].flatMap((state) => [
      ['StateEntered', state],
      ['StateExited', state],
    ]),
  );
});

test('without a branch that holds, Default', async () => {
  const { run } = await createWorld();
  const result = await run([
    { Name: 'A', Type: 'Choice', Branches: [{ Condition: '1 == 2', Next: 'C' }], Default: 'B' },
    { Name: 'B', Type: 'Fail', Code: 'Mine', Detail: 'as told' },
    { Name: 'C', Type: 'Pass', End: true },
  ]);
  expect(result).toMatchObject({ status: 'failed', error: { Code: 'Mine', Detail: 'as told' } });
});

test('a wait is a wait on the sandbox clock', async () => {
  const { run, world } = await createWorld();
  const startMs = world.clock.now();
  const waiting = run(
    [
      { Name: 'A', Type: 'Wait', Seconds: 120, Next: 'B' },
      { Name: 'B', Type: 'Wait', 'Seconds.$': '$Input.s', End: true },
    ],
    { input: { s: 300 }, world },
  );
  let over = false;
  void waiting.then(() => {
    over = true;
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  world.clock.advance(120_000);
  await turn();
  world.clock.advance(299_000);
  await turn();
  expect(over).toBe(false);
  world.clock.advance(1_000);
  const { history } = await waiting;
  expect(history.filter(({ type }) => type === 'WaitScheduled')).toEqual([
    { type: 'WaitScheduled', state: 'A', seconds: 120, atMs: startMs },
    { type: 'WaitScheduled', state: 'B', seconds: 300, atMs: startMs + 120_000 },
  ]);
});

test('a function gets the body, and its answer comes as Body', async () => {
  const { run } = await createWorld({
    answer: 'exports.handler = async (event) => ({ got: JSON.parse(event) });',
  });
  const result = await run([call('answer')], { input: { a: [1] } });
  expect(result).toMatchObject({ status: 'succeeded', output: { Body: { got: { a: [1] } } } });
});

test('a function that fails: under the name of its error, without a rule the execution fails', async () => {
  const { run } = await createWorld({ fail: failAs('Mine') });
  const result = await run([call('fail')]);
  expect(result).toMatchObject({ status: 'failed', error: { Code: 'Mine', Detail: 'no' } });
});

test('a process that ends: FC.Unknown', async () => {
  const { run } = await createWorld({ exit: 'exports.handler = async () => process.exit(1);' });
  expect(await run([call('exit')])).toMatchObject({ error: { Code: 'FC.Unknown' } });
});

test('a function that is not there, and a role that may not', async () => {
  const { run, world } = await createWorld();
  expect(await run([call('absent')])).toMatchObject({ error: { Code: 'FC.FunctionNotFound' } });
  world.identities.createRole(ACCOUNT_ID, 'flow', { Version: '1', Statement: [] });
  expect(await run([call('absent')])).toMatchObject({ error: { Code: 'FC.AccessDenied' } });
});

test('Retry first, with a growing wait and each rule with its own attempts; then Catch', async () => {
  const { run, world, functionCompute } = await createWorld({ fail: failAs('Mine') });
  const startMs = world.clock.now();
  const result = await run([
    call('fail', {
      Retry: [
        { Errors: ['Other'], Description: 'd', IntervalSeconds: 1, MaxAttempts: 9 },
        {
          Errors: ['Mine'],
          Description: 'd',
          IntervalSeconds: 10,
          BackoffRate: 3,
          MaxBackoffSeconds: 50,
          MaxAttempts: 3,
        },
      ],
      Catch: [
        { Errors: ['Other'], Description: 'd', OutputConstructor: {}, Next: 'C' },
        {
          Errors: ['FnF.ALL'],
          Description: 'd',
          OutputConstructor: {
            'error.$': '$Context.Current.Error',
            'retries.$': '$Context.Current.RetryCount',
            'input.$': '$Input',
          },
          Next: 'B',
        },
      ],
    }),
    { Name: 'B', Type: 'Succeed' },
    { Name: 'C', Type: 'Fail', Detail: 'the wrong rule' },
  ]);
  expect(result).toMatchObject({
    status: 'succeeded',
    output: { error: { Code: 'Mine', Detail: 'no' }, retries: 3, input: {} },
  });
  const triesAtSeconds = result.history.flatMap(({ type, atMs }) =>
    type === 'TaskScheduled' ? [(atMs - startMs) / 1000] : [],
  );
  expect(triesAtSeconds).toEqual([0, 10, 40, 90]);
  expect(functionCompute.invocations()).toHaveLength(4);
});

test('a retry that works', async () => {
  const { run } = await createWorld({
    second: `let n = 0;
      exports.handler = async () => { n += 1; if (n < 2) throw new Error('no'); return { n }; };`,
  });
  const Retry = [{ Errors: ['Error'], Description: 'd', IntervalSeconds: 1, MaxAttempts: 1 }];
  expect(await run([call('second', { Retry })])).toMatchObject({ output: { Body: { n: 2 } } });
});

test.each([
  [
    'a field that is not there',
    [{ Name: 'A', Type: 'Pass', OutputConstructor: { 'a.$': '$Input.b' }, End: true }],
    {},
    'A.OutputConstructor: $Input.b: there is no $Input.b',
  ],
  [
    'a wait of no length',
    [{ Name: 'A', Type: 'Wait', 'Seconds.$': '$Input.s', End: true }],
    { input: { s: 0 } },
    'A: 0 is no whole number of seconds',
  ],
  [
    'a condition that is none',
    [{ Name: 'A', Type: 'Choice', Branches: [{ Condition: '$Input.s', Next: 'A' }], Default: 'A' }],
    { input: { s: 0 } },
    'A: $Input.s is neither true nor false',
  ],
  [
    'an input over 64 KiB',
    [{ Name: 'A', Type: 'Pass', OutputConstructor: {}, End: true }],
    { input: { a: 'x'.repeat(65_536) } },
    'A: its input has 65544 bytes, over 64 KiB',
  ],
  [
    'an output over 64 KiB',
    [
      {
        Name: 'A',
        Type: 'Pass',
        OutputConstructor: { 'a.$': '$Input', 'b.$': '$Input' },
        End: true,
      },
    ],
    { input: { a: 'x'.repeat(40_000) } },
    'A: its output has',
  ],
  [
    'an input that is no object',
    [{ Name: 'A', Type: 'Pass', End: true }],
    { input: [] },
    'no JSON object',
  ],
  [
    'a role that is not there',
    [{ Name: 'A', Type: 'Pass', End: true }],
    { roleArn: `acs:ram::${ACCOUNT_ID}:role/nobody` },
    'there is no role',
  ],
  [
    'more events than an execution may have',
    [{ Name: 'A', Type: 'Pass', Next: 'A' }],
    {},
    'an execution has 5000 events at most',
  ],
  [
    'a function of somebody else',
    [
      call('f', {
        Parameters: {
          resourceArn: 'acs:fc:cn-hangzhou:2:functions/f/LATEST',
          invocationType: 'Sync',
          body: {},
        },
        Catch: [{ Errors: ['FnF.ALL'], Description: 'd', OutputConstructor: {}, Next: 'A' }],
      }),
    ],
    {},
    'the function is in cn-hangzhou of 2, not here',
  ],
])('refuses %s', async (_, states, more, message) => {
  const { run } = await createWorld();
  await expect(run(states, more)).rejects.toThrow(message);
});

test('refuses an answer that is no JSON, and one over 64 KiB', async () => {
  const { run } = await createWorld({
    text: "exports.handler = async () => 'text';",
    large: "exports.handler = async () => ({ a: 'x'.repeat(65536) });",
  });
  await expect(run([call('text')])).rejects.toThrow('no JSON');
  await expect(run([call('large')])).rejects.toThrow('over 64 KiB');
});
