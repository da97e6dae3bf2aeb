import { readdir, readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { CLI_BUNDLE } from '../../scripts/build-cli.ts';

/** What Node loads before the first line runs: static imports, and theirs. */
async function packagesAtStart(): Promise<string[]> {
  const { metafile } = await build({
    ...CLI_BUNDLE,
    packages: 'external',
    outdir: 'never-written',
    write: false,
    metafile: true,
  });
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { path, kind, external } of metafile.outputs[file]?.imports ?? []) {
      if (kind !== 'import-statement') continue;
      if (external !== true) visit(path);
      else if (!path.startsWith('node:')) packages.add(path);
    }
  };
  visit('never-written/onboard.js');
  return [...packages].sort();
}

test('--help and what is typed wrong load no SDK', async () => {
  expect(await packagesAtStart()).toEqual([
    '@commander-js/extra-typings',
    'fast-string-width',
    'fast-wrap-ansi',
    'humanize-duration',
    'p-retry',
    'picocolors',
    'valibot',
  ]);
});

test('what a report is made of stands beside the command', async () => {
  const source = await readdir('cli/report/page');
  const built = await readdir('dist/cli/page');
  expect(built.sort()).toEqual(source.filter((name) => !name.endsWith('.json')).sort());
  for (const name of built) {
    const [written, original] = await Promise.all([
      readFile(`dist/cli/page/${name}`, 'utf8'),
      readFile(`cli/report/page/${name}`, 'utf8'),
    ]);
    expect(written).toBe(original);
  }
});
