import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const OUTDIR = 'dist/cli';

/**
 * Writes `dist/cli/onboard.js`, the operator's command. Nothing but our own code is bundled: its
 * packages are those of the project, and what is imported when it is needed stays in files of its
 * own. A file that is as it should be is left alone, so that a command that is running, or a build
 * beside this one, finds it whole. Run from the project's root.
 */
export async function buildCli(): Promise<void> {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const { outputFiles } = await build({
    entryPoints: { onboard: 'cli/onboard.ts' },
    outdir: OUTDIR,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    define: { ONBOARD_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
    write: false,
  });
  await mkdir(OUTDIR, { recursive: true });
  await Promise.all(outputFiles.map(({ path, text }) => writeIfChanged(path, text)));
  await chmod(join(OUTDIR, 'onboard.js'), 0o755);

  const written = outputFiles.map(({ path }) => basename(path));
  const stale = (await readdir(OUTDIR)).filter((name) => !written.includes(name));
  await Promise.all(stale.map((name) => rm(join(OUTDIR, name), { force: true, recursive: true })));
}

async function writeIfChanged(path: string, text: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before !== text) await writeFile(path, text);
}
