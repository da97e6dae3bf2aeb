import { readFile, writeFile } from 'node:fs/promises';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/** Each becomes a folder of its own, which can be deployed by itself. */
const FUNCTIONS = ['onboard-account', 'backfill'];

/**
 * The resource directory's SDK is large, costs 200 ms to load and is rarely needed: it stays in a
 * file beside the entry, which is loaded when the directory is first asked for.
 */
const directoryBeside: Plugin = {
  name: 'directory-beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/resource-manager\/directory\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './directory.js', external: true } : undefined,
    );
  },
};

/** pop-core reads its own version out of a package.json that would bring all its dependencies' names. */
const namesAndVersions: Plugin = {
  name: 'names-and-versions',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*[\\/]package\.json$/ }, async ({ path }) => {
      const { name, version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
  },
};

/** How the functions' code becomes one file. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  alias: {
    debug: './scripts/stand-ins/debug.cjs',
    'bignumber.js': './scripts/stand-ins/bignumber.cjs',
  },
  logLevel: 'warning',
  plugins: [directoryBeside, namesAndVersions],
} satisfies BuildOptions;

/** Writes `dist/{function}`. Run from the project's root. */
export async function buildFunctions(): Promise<void> {
  await Promise.all(FUNCTIONS.map(buildFunction));
}

async function buildFunction(name: string): Promise<void> {
  const outdir = `dist/${name}`;
  await build({
    entryPoints: {
      index: `functions/${name}.ts`,
      directory: 'alicloud/resource-manager/directory.ts',
    },
    outdir,
    ...BUNDLE_OPTIONS,
  });
  // Beside the project's own package.json, `.js` would mean an ES module.
  await writeFile(`${outdir}/package.json`, '{ "type": "commonjs" }\n');
}
