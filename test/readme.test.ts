import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SETTING_NAMES } from '../alicloud/settings.ts';
import { DEPLOYER_PERMISSIONS } from '../scripts/deploy/permissions.ts';
import { errorTable } from './support/adapters/error-table.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const scripts: Record<string, string> = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).scripts;

test('its table of errors is the code’s', () => {
  expect(readme).toContain(errorTable());
});

test('it names every setting, and no other', () => {
  const section = readme.slice(readme.indexOf('## Settings'), readme.indexOf('## Results'));
  const named = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names]) =>
    [...(names ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  );
  expect(named.sort()).toEqual([...SETTING_NAMES].sort());
});

test('every npm script that it mentions exists', () => {
  const mentioned = [...readme.matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name ?? '');
  expect(mentioned.length).toBeGreaterThan(2);
  expect(mentioned.filter((name) => !(name in scripts))).toEqual([]);
});

test('what whoever deploys has to be allowed is what a deployment is tested with', () => {
  const section = readme.slice(readme.indexOf('### Whoever deploys'), readme.indexOf('## Costs'));
  const rows = section.split('\n').filter((line) => /^\| `\w+:/.test(line));
  expect(rows).toEqual(
    DEPLOYER_PERMISSIONS.map(({ actions, on, why }) => {
      const named = actions.map((action) => `\`${action}\``).join(', ');
      return `| ${named} | ${on} | ${why} |`;
    }),
  );
});
