import { readFileSync, statSync } from 'node:fs';
import { build } from 'esbuild';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { exactId } from '../../alicloud/rpc-client.ts';
import { BUNDLE_OPTIONS } from '../../scripts/build-functions.ts';

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

test('in a bundle, an account id that is a number keeps all of its digits', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "module.exports = require('json-bigint')", resolveDir: '.' },
    ...BUNDLE_OPTIONS,
    write: false,
  });
  const module = {
    exports: {} as { parse(text: string): unknown; stringify(value: unknown): string },
  };
  new Function('module', outputFiles[0]?.text ?? '')(module);

  const answer = module.exports.parse('{"AccountId":1234567890123456789,"Count":2}');

  expect(v.parse(v.object({ AccountId: exactId, Count: v.number() }), answer)).toEqual({
    AccountId: '1234567890123456789',
    Count: 2,
  });
  expect(module.exports.stringify(answer)).toBe('{"AccountId":1234567890123456789,"Count":2}');
});
