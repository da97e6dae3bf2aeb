import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { renderTable } from '../cli/table.ts';
import { buildCli } from './build-cli.ts';
import { buildFunctions } from './build-functions.ts';

await Promise.all([buildFunctions(), buildCli()]);

const FOLDERS = ['dist/onboard-account', 'dist/backfill', 'dist/cli'];
const built = await Promise.all(
  FOLDERS.map(async (folder) => ({ folder, bytes: await sizeOf(folder) })),
);
process.stdout.write(
  `${renderTable(
    [
      { title: 'built', value: ({ folder }: (typeof built)[number]) => folder },
      { title: 'size', value: ({ bytes }) => `${Math.ceil(bytes / 1024)} KB`, align: 'right' },
    ],
    built,
  )}\n`,
);

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, one) => sum + one, 0);
}
