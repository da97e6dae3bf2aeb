import { rm, writeFile } from 'node:fs/promises';
import { build, type Plugin } from 'esbuild';

/**
 * Builds each function into a folder of its own that can be deployed by itself. The resource
 * directory's SDK is large, costs 200 ms to load and is rarely needed, so it stays in a file
 * beside the entry that is loaded when the directory is first asked for.
 */
const FUNCTIONS = ['onboard-account', 'backfill'];

const directoryBeside: Plugin = {
  name: 'directory-beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/resource-manager\/directory\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './directory.js', external: true } : undefined,
    );
  },
};

for (const name of FUNCTIONS) {
  const outdir = `dist/${name}`;
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: {
      index: `functions/${name}.ts`,
      directory: 'alicloud/resource-manager/directory.ts',
    },
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [directoryBeside],
  });
  // Beside the project's own package.json, `.js` would mean an ES module.
  await writeFile(`${outdir}/package.json`, '{ "type": "commonjs" }\n');
}
