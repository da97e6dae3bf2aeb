/** What a flow makes of the functions that it runs: answers, errors, retries. */
import { expect, test } from 'vitest';
import { callFunction, createFlowWorld } from '../../testing/flow-world.ts';
import { ACCOUNT_ID } from '../../testing/function-world.ts';

const failAs = (name: string) => `
  exports.handler = async () => { const e = new Error('no'); e.name = '${name}'; throw e; };`;

test('a function gets the body, and its answer comes as Body', async () => {
  const { run } = await createFlowWorld({
    answer: 'exports.handler = async (event) => ({ got: JSON.parse(event) });',
  });
  const result = await run([callFunction('answer')], { input: { a: [1] } });
  expect(result).toMatchObject({ status: 'succeeded', output: { Body: { got: { a: [1] } } } });
});

test('a function that fails: under the name of its error, without a rule the execution fails', async () => {
  const { run } = await createFlowWorld({ fail: failAs('Mine') });
  const result = await run([callFunction('fail')]);
  expect(result).toMatchObject({ status: 'failed', error: { Code: 'Mine', Detail: 'no' } });
});

test('a process that ends: FC.Unknown', async () => {
  const { run } = await createFlowWorld({ exit: 'exports.handler = async () => process.exit(1);' });
  expect(await run([callFunction('exit')])).toMatchObject({ error: { Code: 'FC.Unknown' } });
});

test('a function that is not there, and a role that may not', async () => {
  const { run, world } = await createFlowWorld();
  expect(await run([callFunction('absent')])).toMatchObject({
    error: { Code: 'FC.FunctionNotFound' },
  });
  world.identities.createRole(ACCOUNT_ID, 'flow', { Version: '1', Statement: [] });
  expect(await run([callFunction('absent')])).toMatchObject({ error: { Code: 'FC.AccessDenied' } });
});

test('Retry first, with a growing wait and each rule with its own attempts; then Catch', async () => {
  const { run, world, functionCompute } = await createFlowWorld({ fail: failAs('Mine') });
  const startMs = world.clock.now();
  const result = await run([
    callFunction('fail', {
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
  const { run } = await createFlowWorld({
    second: `let n = 0;
      exports.handler = async () => { n += 1; if (n < 2) throw new Error('no'); return { n }; };`,
  });
  const Retry = [{ Errors: ['Error'], Description: 'd', IntervalSeconds: 1, MaxAttempts: 1 }];
  expect(await run([callFunction('second', { Retry })])).toMatchObject({
    output: { Body: { n: 2 } },
  });
});

test('refuses an answer that is no JSON, and one over 64 KiB', async () => {
  const { run } = await createFlowWorld({
    text: "exports.handler = async () => 'text';",
    large: "exports.handler = async () => ({ a: 'x'.repeat(65536) });",
  });
  await expect(run([callFunction('text')])).rejects.toThrow('no JSON');
  await expect(run([callFunction('large')])).rejects.toThrow('over 64 KiB');
});
