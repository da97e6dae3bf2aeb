import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { operationsPage, summarize, summaryTable } from '../../scripts/render-operations.ts';
import { createCloud } from '../cloud.ts';
import { MODELLED, npmPackage, page, partly, type SourceAt } from './fidelity.ts';
import { FIDELITY } from './services.ts';

test('states what the services answer, and nothing else', async () => {
  const cloud = createCloud({ speed: 0 }, { onFreeze() {}, functionEnvironment: () => ({}) });
  const stated = Object.entries(FIDELITY).map(([service, { operations }]) => ({
    service,
    operations: [...new Set(Object.values(operations).flatMap(Object.keys))].sort(),
  }));
  const services = [...new Set(cloud.faultable.map(({ service }) => service))];
  const answered = services.map((service) => {
    const entries = cloud.faultable.filter((each) => each.service === service);
    return {
      service,
      operations: [...new Set(entries.flatMap(({ operations }) => operations))].sort(),
    };
  });
  await cloud.close();
  const byName = (a: { service: string }, b: { service: string }) =>
    a.service < b.service ? -1 : 1;
  expect(stated.sort(byName)).toEqual(answered.sort(byName));
});

const SOURCES = Object.values(FIDELITY).flatMap(({ claims }) =>
  claims.flatMap(({ source }): readonly SourceAt[] => {
    if (typeof source === 'string') return [];
    return 'address' in source ? [source] : source;
  }),
);

test('packages are cited in the version that is installed', () => {
  const cited = SOURCES.flatMap(({ address }) => {
    const [, name, version] = /npmjs\.com\/package\/(.+)\/v\/(.+)$/.exec(address) ?? [];
    return name === undefined ? [] : [{ name, version }];
  });
  expect(cited.length).toBeGreaterThan(5);
  const installed = cited.map(({ name }) => ({ name, version: installedVersion(name) }));
  expect(cited).toEqual(installed);
});

function installedVersion(name: string): string {
  const [folder] = createRequire(import.meta.url)
    .resolve.paths(name)
    ?.filter((each) => {
      try {
        return readFileSync(`${each}/${name}/package.json`).length > 0;
      } catch {
        return false;
      }
    }) ?? [''];
  return JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')).version;
}

test('addresses are whole, and dates are dates, versions or said to be missing', () => {
  for (const { address, dated } of SOURCES) {
    expect(new URL(address).protocol).toBe('https:');
    expect(dated).toMatch(/^(\d{4}-\d\d-\d\d|\d+\.\d+\.\d+|undated)$/);
  }
});

const SAMPLE = summarize(
  {
    queue: {
      title: 'Queues',
      operations: { '1': { Send: MODELLED, Receive: partly('waiting | long') } },
      refused: { Peek: 'nobody asked' },
      refusal: '`No`, 404',
      claims: [
        {
          claim: 'first in, first out',
          source: page('https://example.com/a/order.html', '2026-01-02'),
        },
        { claim: 'sends what it says', source: [npmPackage('@scope/queue', '1.2.3')] },
        { claim: 'a name', source: 'ours' },
      ],
    },
  },
  [
    {
      service: 'queue',
      version: '1',
      source: npmPackage('@scope/queue', '1.2.3'),
      operations: ['Delete', 'Peek', 'Receive', 'Send'],
    },
  ],
);

test('a page shows what is there, what is missing and what is refused, with sources', () => {
  expect(operationsPage(SAMPLE).split('\n## ')[1]).toBe(`Queues: queue

| version 1 | is | missing |
| --- | --- | --- |
| \`Send\` | modelled |  |
| \`Receive\` | partly | waiting \\| long |
| \`Peek\` | refused | nobody asked |

Refused (\`No\`, 404), of all that [@scope/queue](https://www.npmjs.com/package/@scope/queue/v/1.2.3), 1.2.3 lists: \`Delete\`.

| behaviour | source |
| --- | --- |
| first in, first out | [order](https://example.com/a/order.html), 2026-01-02 |
| sends what it says | [@scope/queue](https://www.npmjs.com/package/@scope/queue/v/1.2.3), 1.2.3 |
| a name | ours |
`);
});

test('a summary counts them', () => {
  const words = { head: ['a', 'b', 'c', 'd'], file: 'X.md', others: 'and more' };
  expect(summaryTable(SAMPLE, words)).toContain('| [Queues](X.md#queues-queue) | 1 | 1 | 2 |');
  const unlisted = summarize({ ...FIDELITY }, []);
  expect(summaryTable(unlisted, words)).toContain('| 0 and more |');
});
