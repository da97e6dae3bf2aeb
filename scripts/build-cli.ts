import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

const OUTDIR = 'dist/cli';

/**
 * How the command is bundled: our own code and the small packages that it needs at once, so that
 * Node reads one file before the first line of help. The SDKs are imported when they are needed, and
 * stay the packages of the project.
 */
export const CLI_BUNDLE: BuildOptions = {
  entryPoints: { onboard: 'cli/onboard.ts' },
  outdir: OUTDIR,
  bundle: true,
  splitting: true,
  external: ['@alicloud/*'],
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // CommonJS packages, commander among them, take the builtins of Node by `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
};

/**
 * Writes `dist/cli/onboard.js`, the operator's command, and the files that it imports when they are
 * needed. A file that is as it should be is left alone, so that a command that is running, or a build
 * beside this one, finds it whole. Run from the project's root.
 */
export async function buildCli(): Promise<void> {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const { outputFiles } = await build({
    ...CLI_BUNDLE,
    define: { ONBOARD_VERSION: JSON.stringify(version) },
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
