import { expect, test } from 'vitest';
import { callFunction, createFlowWorld } from '../../testing/flow-world.ts';
import { ACCOUNT_ID } from '../../testing/function-world.ts';

test('data goes from state to state through the constructors', async () => {
  const { run } = await createFlowWorld();
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
  const { run } = await createFlowWorld();
  const result = await run([
    { Name: 'A', Type: 'Choice', Branches: [{ Condition: '1 == 2', Next: 'C' }], Default: 'B' },
    { Name: 'B', Type: 'Fail', Code: 'Mine', Detail: 'as told' },
    { Name: 'C', Type: 'Pass', End: true },
  ]);
  expect(result).toMatchObject({ status: 'failed', error: { Code: 'Mine', Detail: 'as told' } });
});

test('a wait is a wait on the sandbox clock', async () => {
  const { run, world } = await createFlowWorld();
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
      callFunction('f', {
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
  const { run } = await createFlowWorld();
  await expect(run(states, more)).rejects.toThrow(message);
});
