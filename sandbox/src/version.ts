import { readFileSync } from 'node:fs';

/** Of this package. */
export const VERSION = versionOf(new URL('../package.json', import.meta.url));

function versionOf(file: URL): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}
