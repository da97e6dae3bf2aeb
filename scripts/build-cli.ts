import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { build } from 'esbuild';

const OUTDIR = 'dist/cli';
/** What a report is made of: read when one is written, beside the file that reads it. */
const REPORT_PAGE = 'cli/report/page';

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
  const page = await pageFiles();
  await Promise.all([...outputFiles, ...page].map(({ path, text }) => writeIfChanged(path, text)));
  await chmod(join(OUTDIR, 'onboard.js'), 0o755);

  const written = [...outputFiles, ...page].map(({ path }) => resolve(path));
  const found = await readdir(OUTDIR, { recursive: true, withFileTypes: true });
  const stale = found
    .map(({ parentPath, name }) => resolve(parentPath, name))
    .filter((path) => !written.some((one) => one === path || one.startsWith(`${path}${sep}`)));
  await Promise.all(stale.map((path) => rm(path, { force: true, recursive: true })));
}

async function pageFiles(): Promise<{ readonly path: string; readonly text: string }[]> {
  const names = (await readdir(REPORT_PAGE)).filter((name) => /\.(?:css|js)$/.test(name));
  return Promise.all(
    names.map(async (name) => ({
      path: join(OUTDIR, basename(REPORT_PAGE), name),
      text: await readFile(join(REPORT_PAGE, name), 'utf8'),
    })),
  );
}

async function writeIfChanged(path: string, text: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
