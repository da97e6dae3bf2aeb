import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** What is deployed, as the tests' set-up has built it. */
describe.each(['onboard-account', 'backfill'])('dist/%s', (name) => {
  const path = `dist/${name}/index.js`;

  test('is small, and leaves the large SDK to a file beside it', () => {
    const code = readFileSync(path, 'utf8');
    expect(statSync(path).size).toBeLessThan(150 * 1024);
    const found = ['resourcemanager20200331', 'xml2js', 'xmlbuilder'].filter((text) =>
      code.includes(text),
    );
    expect(found).toEqual([]);
    expect(statSync(`dist/${name}/directory.js`).size).toBeGreaterThan(500 * 1024);
  });
});
