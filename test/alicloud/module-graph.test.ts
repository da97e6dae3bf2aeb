/** What each adapter brings into a bundle: an SDK of 1.3 MB takes 0.3 s to load. */
import { build } from 'esbuild';
import { expect, it } from 'vitest';

async function packagesOf(...entryPoints: string[]): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: entryPoints.map((path) => `alicloud/${path}`),
    outdir: 'never-written',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const names = Object.keys(metafile.inputs).flatMap(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  );
  return [...new Set(names)].sort();
}

it('Config and the log store bring pop-core without its XML parser, and no other SDK', async () => {
  expect(
    await packagesOf(
      'config/recorder.ts',
      'config/account-group.ts',
      'rpc-client.ts',
      'log-service/client.ts',
      'log-service/result-log.ts',
      'log-service/result-reader.ts',
    ),
  ).toEqual([
    '@alicloud/pop-core',
    'bignumber.js',
    'debug',
    // Of `debug`, and only where something else has installed them.
    'has-flag',
    'httpx',
    'json-bigint',
    'kitx',
    'ms',
    'supports-color',
    'valibot',
  ]);
});

it('the log store brings no SDK at all', async () => {
  expect(await packagesOf('log-service/result-log.ts', 'log-service/client.ts')).toEqual([
    'valibot',
  ]);
});

it('the directory brings the large SDK, so it is connected only when it is needed', async () => {
  const packages = await packagesOf('resource-manager/directory.ts');
  expect(packages).toContain('@alicloud/resourcemanager20200331');
  expect(packages).not.toContain('@alicloud/pop-core');
});
