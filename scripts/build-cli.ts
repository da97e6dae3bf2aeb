import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

const OUTDIR = 'dist/cli';
/** What a report is made of: read when one is written, beside the file that reads it. */
const REPORT_PAGE = 'cli/report/page';

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
