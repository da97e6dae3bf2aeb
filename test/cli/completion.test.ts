import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { COMMANDS } from '../../cli/commands/all.ts';
import { runHere } from '../support/cli/in-process.ts';

const NAMES = COMMANDS.map(({ name }) => name);

/** What bash offers when that was typed and Tab is pressed at its end. */
async function offeredByBash(typed: string): Promise<string[]> {
  const { stdout } = await runHere(['completion', 'bash']);
  const words = typed.split(' ');
  const script = `${stdout}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
_onboard
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** Whether the shell is on this machine. */
function has(shell: string): boolean {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('bash', () => {
  test('offers commands, then what each takes', async () => {
    expect(await offeredByBash('onboard ')).toEqual(expect.arrayContaining([...NAMES, '--region']));
    expect(await offeredByBash('onboard back')).toEqual(['backfill']);
    expect(await offeredByBash('onboard --json setup --re')).toEqual(
      expect.arrayContaining(['--remove', '--region']),
    );
    expect(await offeredByBash('onboard setup --fol')).toEqual([]);
    expect(await offeredByBash('onboard backfill --fol')).toEqual(['--folder', '--follow']);
  });

  test('offers the values there are, and none where anything may be typed', async () => {
    expect(await offeredByBash('onboard status --lang ')).toEqual(['en', 'zh']);
    expect(await offeredByBash('onboard completion ')).toEqual(
      expect.arrayContaining(['bash', 'zsh', 'fish']),
    );
    expect(await offeredByBash('onboard help sta')).toEqual(['status']);
    expect(await offeredByBash('onboard backfill --account ')).toEqual([]);
  });
});

describe.each(['zsh', 'fish'])('%s', (shell) => {
  test('has every command and its options', async () => {
    const { code, stdout } = await runHere(['completion', shell]);
    expect(code).toBe(0);
    for (const name of NAMES) expect(stdout).toContain(name);
    for (const option of ['delete-results', 'follow', 'account-group', 'uncovered']) {
      expect(stdout).toContain(option);
    }
  });

  test.skipIf(!has(shell))('takes the script', async () => {
    execFileSync(shell, ['-n', await scriptFileOf(shell)]);
  });
});

test.skipIf(!has('fish'))('fish offers commands, then what each takes', async () => {
  const file = await scriptFileOf('fish');
  const offered = (line: string) =>
    execFileSync('fish', ['-c', `source ${file}; complete -C '${line}'`], { encoding: 'utf8' })
      .split('\n')
      .map((candidate) => candidate.split('\t')[0]);
  expect(offered('onboard sta')).toContain('status');
  expect(offered('onboard status --unc')).toContain('--uncovered');
  expect(offered('onboard status --lang ')).toEqual(expect.arrayContaining(['en', 'zh']));
});

/** In a file: fish reads none from a pipe of Node, which is a socket. */
async function scriptFileOf(shell: string): Promise<string> {
  const { stdout } = await runHere(['completion', shell]);
  const folder = mkdtempSync(join(tmpdir(), 'completion-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, `onboard.${shell}`);
  writeFileSync(file, stdout);
  return file;
}

test('another shell: exit 1, and which there are', async () => {
  const { code, stdout, stderr } = await runHere(['completion', 'tcsh']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('Completion is not available for tcsh, only for bash, zsh, fish.');
  expect((await runHere(['completion'])).code).toBe(1);
});

test('--json is refused: what it prints is a script', async () => {
  const { code, stdout, stderr } = await runHere(['completion', 'bash', '--json']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('completion has no --json');
});
