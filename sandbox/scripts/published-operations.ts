import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { npmPackage, type SourceAt } from '../src/fidelity/fidelity.ts';

/** Every operation that somebody of Alibaba Cloud's lists for a version of a service's API. */
export interface PublishedOperations {
  readonly service: string;
  readonly version: string;
  readonly source: SourceAt;
  readonly operations: readonly string[];
}

/** The SDKs that are installed, and how each writes an operation down. */
const SDKS = [
  ['resource-manager', '2020-03-31', '@alicloud/resourcemanager20200331', actionsIn],
  ['access-management', '2015-05-01', '@alicloud/ram20150501', actionsIn],
  ['log-service', '2020-12-30', '@alicloud/sls20201230', actionsIn],
  ['function-compute', '2023-03-30', '@alicloud/fc20230330', actionsIn],
  ['message-service', '2015-06-06', '@alicloud/mns', methodsIn],
  ['cloud-flow', '2019-03-15', '@alicloud/fnf-2019-03-15', methodsIn],
  ['resource-orchestration', '2019-09-10', '@alicloud/ros20190910', actionsIn],
] as const;

/** Of services without an SDK on npm: as the repository of another SDK lists them. */
const COPIED: readonly PublishedOperations[] = JSON.parse(
  readFileSync(new URL('published-operations.json', import.meta.url), 'utf8'),
);

/** From the SDKs as they are installed, and a copied list for the rest. */
export function publishedOperations(): readonly PublishedOperations[] {
  const require = createRequire(import.meta.url);
  const read = SDKS.map(([service, version, name, operationsIn]) => {
    const folder = packageFolder(require.resolve(name), name);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const client = readFileSync(
      join(folder, operationsIn === actionsIn ? 'dist/client.js' : 'lib/client.js'),
      'utf8',
    );
    const operations = [...new Set(operationsIn(client))].sort();
    return { service, version, source: npmPackage(name, manifest.version), operations };
  });
  return [...read, ...COPIED];
}

function packageFolder(file: string, name: string): string {
  const mark = join('node_modules', ...name.split('/'));
  return file.slice(0, file.indexOf(mark) + mark.length) || dirname(file);
}

function actionsIn(client: string): string[] {
  return [...client.matchAll(/\baction: "(\w+)"/g)].map(([, name = '']) => name);
}

/** Of older SDKs: a method for each, among some that are not. */
function methodsIn(client: string): string[] {
  const verbs =
    'batch|change|create|delete|describe|get|list|peek|publish|receive|report|send|set|start|stop|subscribe|unsubscribe|update';
  const methods = client.matchAll(new RegExp(`^  (?:async )?((?:${verbs})\\w*)\\(`, 'gm'));
  return [...methods]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'delete' && name !== 'get')
    .map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`);
}
