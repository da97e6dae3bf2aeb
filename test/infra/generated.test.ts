/** The file that is deployed is what `infra/` makes. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMITTED = readFileSync(`${ROOT}stack.yaml`, 'utf8');

/** `npm run infra`, in that folder. */
function infra(folder: string, ...args: readonly string[]) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), `${ROOT}scripts/infra.ts`, ...args],
      { cwd: folder },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : 1, stdout, stderr }),
    );
  });
}

test('the committed templates: if this fails, run npm run infra', async () => {
  expect(await infra(ROOT, '--check')).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('a file that was changed by hand is found out, left alone, and written anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'infra-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'stack.yaml');
  const byHand = COMMITTED.replace('Default: 365', 'Default: 30');
  writeFileSync(file, byHand);
  copyFileSync(`${ROOT}event-rule.yaml`, join(folder, 'event-rule.yaml'));

  expect(await infra(folder, '--check')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'stack.yaml is not what infra/ makes of it: run npm run infra.\n',
  });
  expect(readFileSync(file, 'utf8')).toBe(byHand);

  expect(await infra(folder)).toMatchObject({
    code: 0,
    stdout: 'stack.yaml is written.\nevent-rule.yaml is written.\n',
  });
  expect(readFileSync(file, 'utf8')).toBe(COMMITTED);
});
