/** `dist/`: JavaScript and types for Node 20, and what is run as it is. */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
// Functions run the one with plain Node, a browser the other.
const AS_IT_IS = ['services/function-compute/runtime', 'page/files'];

rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
execFileSync(process.execPath, [join(typescript, 'bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: 'inherit',
});
for (const folder of AS_IT_IS) {
  cpSync(join(ROOT, 'src', folder), join(ROOT, 'dist', folder), { recursive: true });
}
