import { chmod, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const OUTDIR = 'dist/cli';

/**
 * Writes `dist/cli/onboard.js`, the operator's command. Nothing but our own code is bundled: its
 * packages are those of the project, and what is imported when it is needed stays in files of its
 * own. Run from the project's root.
 */
export async function buildCli(): Promise<void> {
  await rm(OUTDIR, { recursive: true, force: true });
  await build({
    entryPoints: { onboard: 'cli/onboard.ts' },
    outdir: OUTDIR,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'warning',
  });
  await chmod(`${OUTDIR}/onboard.js`, 0o755);
}
