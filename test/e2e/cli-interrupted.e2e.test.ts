import { describe, expect, test, vi } from 'vitest';
import { runHere } from '../support/cli/in-process.ts';
import { startCli } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';

const FOLLOW = /onboard backfill --follow (\S+)/;

describe('killing the command loses nothing', () => {
  /** Nothing is built before time is moved. */
  const slow = async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 3,
      speed: 0,
      config: { organization: 'off' },
    });
    return { sandbox, environment, goOn: () => sandbox.world.clock.setSpeed(1) };
  };

  test('interrupted: it says how to go on; exit 130; then picked up', async () => {
    const { sandbox, environment, goOn } = await slow();
    const cli = startCli(['backfill', '--yes'], environment);
    await cli.said(/covered 0 of 3/);
    cli.child.kill('SIGINT');
    const { code, stderr } = await cli.done;
    goOn();
    expect(code).toBe(130);
    expect(stderr).toContain('Interrupted; the run goes on. To pick it up again:');
    const [id] = [...stderr.matchAll(new RegExp(FOLLOW, 'g'))].map(([, group]) => group).slice(-1);

    const followed = await runHere(['backfill', '--follow', id ?? ''], environment);
    expect([followed.code, followed.stdout.includes('All 3 accounts are covered')]).toEqual([
      0,
      true,
    ]);
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.runEntries()).toMatchObject([{ outcome: 'succeeded', covered: '3' }]);
  });

  test('kill -9, and picked up by the id that was shown, then by the run id', async () => {
    const { sandbox, environment, goOn } = await slow();
    const cli = startCli(['backfill', '--yes'], environment);
    const requestId = await cli.said(FOLLOW);
    cli.child.kill('SIGKILL');
    expect((await cli.done).signal).toBe('SIGKILL');
    goOn();

    const followed = await runHere(['backfill', '--follow', requestId], environment);
    expect(followed.code).toBe(0);
    const [run] = sandbox.runEntries();
    expect(run?.function_request_id).toBe(requestId);
    const byRun = await runHere(['backfill', '--follow', run?.run_id ?? '', '--json'], environment);
    expect(JSON.parse(byRun.stdout)).toMatchObject({
      runId: run?.run_id,
      accounts: { covered: 3 },
    });
  });

  test('a local run is ended, too: exit 130, and a repeat completes it', async () => {
    const { sandbox, environment, goOn } = await slow();
    const cli = startCli(['backfill', '--yes', '--local'], environment);
    await cli.said(/covered 0 of 3/);
    cli.child.kill('SIGTERM');
    const { code, stderr } = await cli.done;
    goOn();
    expect([code, stderr.includes('Interrupted, and the run with it')]).toEqual([130, true]);
    expect(sandbox.runEntries()).toEqual([]);

    expect((await runHere(['backfill', '--yes', '--local'], environment)).code).toBe(0);
    expect(sandbox.starts()).toBe(1);
    expect(sandbox.runEntries()).toHaveLength(1);
  });

  test('interrupted while the function is being started: a second time ends it; exit 130', async () => {
    const { sandbox, environment } = await slow();
    sandbox.faults.add({
      service: 'function-compute',
      operation: 'InvokeFunction',
      effect: { kind: 'hang' },
      when: { nth: 2 },
    });
    const cli = startCli(['backfill', '--yes'], environment);
    const isStarting = () => sandbox.journal.count('function-compute', 'InvokeFunction') === 2;
    await vi.waitFor(() => expect(isStarting()).toBe(true), { timeout: 30_000, interval: 10 });
    cli.child.kill('SIGINT');
    // Whether the run was started is not known yet, so that the command stays to find out.
    const stayed = await Promise.race([
      cli.done,
      new Promise((resolve) => setTimeout(resolve, 300, 'stayed')),
    ]);
    expect(stayed).toBe('stayed');
    cli.child.kill('SIGINT');
    expect(await cli.done).toMatchObject({ code: 130, signal: null });
    expect(sandbox.entries()).toEqual([]);
  });

  test('out of time: exit 3', async () => {
    const { environment } = await slow();
    const { code, stderr, stdout } = await runHere(
      ['backfill', '--yes', '--wait', '1', '--json'],
      environment,
    );
    expect(code).toBe(3);
    expect(stderr).toContain('After 1 s nothing of the run can be read: it has not begun');
    expect(JSON.parse(stdout)).toMatchObject({ finished: false, follow: FOLLOW.exec(stderr)?.[1] });
  });
});
