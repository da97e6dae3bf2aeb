import { expect, test } from 'vitest';
import { runCli } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';

interface Line {
  readonly functionName: string;
  readonly requestId: string;
  readonly message: string;
}

test('what a function printed, all of it and in its order; and of one invocation', async () => {
  const { sandbox, environment } = await cliSandbox({ members: 3, config: { organization: 'on' } });
  sandbox.faults.add({
    service: 'log-service',
    operation: 'PutLogs',
    effect: { kind: 'error', code: 'Unauthorized' },
    when: { always: true },
  });
  // Results that the log store refuses are printed.
  const printed: string[] = [];
  for (let call = 0; call < 2; call += 1) {
    const { stdout, stderr } = await sandbox.call('backfill', { verifyForSeconds: 0 });
    expect(stdout.filter((line) => line.startsWith('{')).length).toBeGreaterThanOrEqual(4);
    printed.push(...stdout, ...stderr);
  }
  const all = await runCli(['logs', '--json'], environment);
  expect(all.code).toBe(0);
  const lines: Line[] = all.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ message }) => message).sort()).toEqual(printed.sort());
  expect(lines.every(({ functionName }) => functionName === 'backfill')).toBe(true);

  const [first] = lines;
  const own = await runCli(['logs', '--json', '--run', first?.requestId ?? ''], environment);
  const ofFirst: Line[] = own.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(ofFirst).toEqual(lines.filter(({ requestId }) => requestId === first?.requestId));
  expect(ofFirst.length).toBeLessThan(lines.length);

  const text = await runCli(['logs', '--limit', '1'], environment);
  expect(text.stdout.trimEnd().split('\n')).toHaveLength(1);
});
