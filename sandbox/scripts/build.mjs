/** `dist/`: JavaScript and types for Node 20, and what is run as it is. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RUNNER = 'services/function-compute/runtime';

rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
execFileSync(process.execPath, [join(typescript, 'bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
// Instances of functions run it with plain Node.
cpSync(join(ROOT, 'src', RUNNER), join(ROOT, 'dist', RUNNER), { recursive: true });
