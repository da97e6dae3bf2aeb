/** What CONTRIBUTING.md and the configuration of tests say of where things are: what was moved has to be moved there too. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const scripts = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts);

const PATH = /^[\w.-]+(?:\/[\w.-]*)+$|^[\w.-]+\.(?:cjs|js|json|md|mjs|ts|yaml|yml)$/;
const CONSTANT = /^[A-Z]+(?:_[A-Z]+)+$/;

/** Paths of a row or a paragraph: a bare name stands beside the path before it. */
function pathsIn(block: string): string[] {
  let folder = '.';
  return spansOf(block)
    .filter((span) => PATH.test(span))
    .map((span) => {
      if (!span.includes('/') && !existsSync(join(ROOT, span))) return join(folder, span);
      folder = span.endsWith('/') ? span : dirname(span);
      return span;
    });
}

function spansOf(block: string): string[] {
  return [...block.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? '');
}

/** Rows of tables, items of lists, and paragraphs; without blocks of code. */
const blocks = text.replace(/^```[\s\S]*?^```/gm, '').split(/\n\n|\n(?=\||\* )/);

test('every path that it names exists', () => {
  const paths = blocks.flatMap(pathsIn);
  expect(paths.length).toBeGreaterThan(40);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('what it says to be in a file is there', () => {
  const named = blocks.flatMap((block) => {
    const [path] = pathsIn(block);
    return spansOf(block)
      .filter((span) => CONSTANT.test(span) && path?.endsWith('.ts'))
      .map((constant) => ({ constant, path: path ?? '' }));
  });
  expect(named.length).toBeGreaterThan(1);
  for (const { constant, path } of named) {
    expect(readFileSync(join(ROOT, path), 'utf8')).toMatch(new RegExp(`\\b${constant}\\b`));
  }
});

test('every npm script that it names exists', () => {
  const named = [...text.matchAll(/npm (?:run )?([a-z][\w:-]*)/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'ci');
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
});

test('every test file that the configuration names exists', () => {
  const config = readFileSync(join(ROOT, 'vitest.config.ts'), 'utf8');
  const named = [...config.matchAll(/'([\w./-]+\.test\.ts)'/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
