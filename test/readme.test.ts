import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SETTING_NAMES } from '../alicloud/settings.ts';
import { DEPLOYER_PERMISSIONS } from '../scripts/deploy/permissions.ts';
import { errorTable } from './support/adapters/error-table.ts';

const textOf = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const readme = textOf('README.md');
const settings = textOf('docs/settings-and-results.md');
const permissions = textOf('docs/permissions.md');
const scripts: Record<string, string> = JSON.parse(textOf('package.json')).scripts;

test('the table of errors is the code’s', () => {
  expect(settings).toContain(errorTable());
});

test('the table of settings names all of them, and no other', () => {
  const section = settings.slice(settings.indexOf('## Settings'), settings.indexOf('## Results'));
  const named = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names]) =>
    [...(names ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual([...SETTING_NAMES].sort());
});

test('every npm script that the readme mentions exists', () => {
  const mentioned = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name ?? '');
  expect(mentioned.length).toBeGreaterThan(2);
  expect(mentioned.filter((name) => !(name in scripts))).toEqual([]);
});

test('what whoever deploys has to be allowed is what a deployment is tested with', () => {
  const section = permissions.slice(permissions.indexOf('## Whoever deploys'));
  const rows = section.split('\n').filter((line) => /^\| `\w+:/.test(line));
  expect(rows).toEqual(
    DEPLOYER_PERMISSIONS.map(({ actions, on, why }) => {
      const named = actions.map((action) => `\`${action}\``).join(', ');
      return `| ${named} | ${on} | ${why} |`;
    }),
  );
});
