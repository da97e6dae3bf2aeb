import { describe, expect, test } from 'vitest';
import { runHere } from '../support/cli/in-process.ts';
import { runCli } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';

describe('status', () => {
  test('what the directory lists and the group lacks is marked; CSV has everything', async () => {
    const { sandbox, environment } = await cliSandbox({
      config: { organization: 'on', groupMemberLimit: 1, joinDelayMs: 0, memberBuildMs: 0 },
    });
    const { directory } = sandbox;
    const folder = directory.createFolder('eu');
    directory.addAccount({ displayName: 'first', folderId: folder.folderId });
    const { accountId } = directory.addAccount({
      displayName: 'a "quoted", name',
      joinedAtMs: Date.now() - 2 * 86_400_000,
    });
    directory.addAccount({ displayName: 'half-made', status: 'CreateVerifying' });

    const table = await runCli(['status'], environment);
    expect(table.code).toBe(3);
    expect(table.stdout).toContain('1 of 2 members are covered: 1 pending.');
    expect(table.stdout).toMatch(new RegExp(`${accountId} .* not in group {2}none yet`));
    expect(table.stderr).toContain('The log store has no results yet.');

    await sandbox.call('backfill', { verifyForSeconds: 0 });
    const csv = await runHere(['status', '--csv', '--uncovered'], environment);
    const [head, row] = csv.stdout.split('\r\n');
    expect(csv.stdout).not.toMatch(/[^\r]\n/);
    expect(head).toBe(
      '\uFEFFaccount_id,account_name,recorder_status,state,last_outcome,last_recorder_status,last_time,last_trigger,run_id,error_code,error_message,recommendation',
    );
    expect(row).toMatch(new RegExp(`^"${accountId}\t","a ""quoted"", name",,pending,pending,,`));
    const late = { ...environment, OVERDUE_AFTER_SECONDS: '0.001' };
    const overdue = await runHere(['status'], late);
    expect([overdue.code, overdue.stdout.includes('1 overdue.')]).toEqual([2, true]);

    const inFolder = await runHere(['status', '--folder', folder.folderId], environment);
    expect([inFolder.code, inFolder.stdout.includes('The one member is covered.')]).toEqual([
      0,
      true,
    ]);
  });

  test('the log store does not exist: members all the same; a backfill is not started', async () => {
    const { sandbox, environment } = await cliSandbox({
      members: 1,
      config: { organization: 'off' },
    });
    const elsewhere = { ...environment, LOG_PROJECT: 'elsewhere' };
    const status = await runHere(['status'], elsewhere);
    expect(status.code).toBe(3);
    expect(status.stderr).toContain('There is no log project elsewhere (ProjectNotExist).');
    expect(status.stderr).not.toContain('no results yet');
    const replay = await runHere(['replay', '--yes'], elsewhere);
    expect([replay.code, replay.stdout]).toEqual([1, '']);
    expect(replay.stderr).toContain('There is no log project elsewhere');
    const run = await runHere(['backfill', '--yes'], elsewhere);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('onboard setup');
    expect(sandbox.starts()).toBe(0);
  });
});
