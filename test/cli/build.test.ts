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
    'humanize-duration',
    'p-retry',
    'picocolors',
    'string-width',
    'valibot',
    'wrap-ansi',
  ]);
});
