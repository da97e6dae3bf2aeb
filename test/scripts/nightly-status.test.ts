/** The sample pipeline's own step, as GitHub runs it: what the command's exit codes come to. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../../scripts/deploy-to-sandbox.ts';
import { runProgram } from '../support/cli/process.ts';

const WORKFLOW = parse(
  readFileSync(join(PROJECT_ROOT, 'docs/examples/nightly-status.yml'), 'utf8'),
);
const STEPS: readonly { readonly run?: string }[] = WORKFLOW.jobs.status.steps;
const { run: script = '' } = STEPS.find(({ run }) => run?.includes('onboard status')) ?? {};

test.each([
  { code: 0, ends: 0 },
  { code: 1, ends: 1 },
  { code: 2, ends: 1 },
  { code: 3, ends: 0 },
])('onboard status ends with $code: the step with $ends, and the table is kept', async (row) => {
  const folder = mkdtempSync(join(tmpdir(), 'nightly-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const npx = join(folder, 'npx');
  writeFileSync(npx, `#!/bin/sh\necho "$@"\nexit ${row.code}\n`);
  chmodSync(npx, 0o755);
  // Source: docs.github.com, "Workflow syntax for GitHub Actions", the shell that is the default.
  const { code } = await runProgram(
    ['/bin/bash', '-e', '-c', script],
    { PATH: `${folder}:${process.env.PATH}` },
    folder,
  );
  expect(code).toBe(row.ends);
  expect(readFileSync(join(folder, 'status.csv'), 'utf8')).toBe('onboard status --csv\n');
});
