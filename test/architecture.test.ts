import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['functions', 'workflows', 'alicloud', 'cli', 'infra', 'sandbox'] as const;
type Folder = (typeof FOLDERS)[number];

/** Which of our own folders each may import from, itself aside. */
const MAY_IMPORT: Readonly<Record<Folder, readonly Folder[]>> = {
  functions: ['alicloud', 'workflows'],
  workflows: [],
  alicloud: ['workflows'],
  cli: ['alicloud', 'workflows'],
  infra: ['alicloud', 'workflows'],
  sandbox: [],
};

interface SourceFile {
  readonly folder: Folder;
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** Where a folder's sources are: a package of its own has more beside them. */
const SOURCES_OF = (folder: Folder): string => (folder === 'sandbox' ? 'sandbox/src' : folder);

/** Tests, and what only they use, may drive anything by its SDK. */
const IS_TESTING = /\.test\.ts$|^sandbox\/src\/testing\//;

const files: readonly SourceFile[] = FOLDERS.flatMap((folder) =>
  filesBelow(SOURCES_OF(folder), /\.(ts|mts|js|mjs|cjs)$/).map((path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    return { folder, path, text, imports: importsOf(text) };
  }),
);

/** Their paths from the project's root; what is installed or built below a folder is left out. */
function filesBelow(folder: string, name: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => [folder, ...path.split(sep)].join('/'))
    .filter((path) => name.test(path) && !/\/(?:node_modules|dist)\//.test(path));
}

function importsOf(text: string): string[] {
  const specifier = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"]+)['"]/g;
  return [...text.matchAll(specifier)].map(([, name]) => name ?? '');
}

function folderImported(file: SourceFile, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = join(ROOT, dirname(file.path), specifier);
  return relative(ROOT, target).split(sep)[0];
}

function offenders(where: (file: SourceFile) => boolean, what: RegExp): string[] {
  return files.filter((file) => where(file) && what.test(file.text)).map(({ path }) => path);
}

test('there is something to check', () => {
  expect(files.filter(({ folder }) => folder === 'workflows').length).toBeGreaterThan(10);
  expect(files.filter(({ folder }) => folder === 'sandbox').length).toBeGreaterThan(10);
  expect(files.some(({ imports }) => imports.length > 3)).toBe(true);
});

describe('imports point one way', () => {
  test.each(FOLDERS)('%s', (folder) => {
    const allowed: readonly string[] = [folder, ...MAY_IMPORT[folder]];
    const wrong = files
      .filter((file) => file.folder === folder)
      .flatMap((file) =>
        file.imports.map((specifier) => ({ file, target: folderImported(file, specifier) })),
      )
      .filter(({ target }) => target !== undefined && !allowed.includes(target))
      .map(({ file, target }) => `${file.path} imports ${target}`);
    expect(wrong).toEqual([]);
  });

  test('alicloud takes the model, ports and errors of the workflow, and none of its steps', () => {
    const allowed = /\/workflows\/onboarding\/(model|ports|errors)\.ts$/;
    const wrong = files
      .filter(({ folder }) => folder === 'alicloud')
      .flatMap((file) => file.imports.map((specifier) => ({ path: file.path, specifier })))
      .filter(({ specifier }) => specifier.includes('/workflows/') && !allowed.test(specifier));
    expect(wrong).toEqual([]);
  });
});

test('infra takes queries and the fields of an entry, and nothing that runs', () => {
  const allowed =
    /\/(?:alicloud\/log-service\/[\w-]*queries|workflows\/onboarding\/log-entry)\.ts$/;
  const wrong = files
    .filter(({ folder }) => folder === 'infra')
    .flatMap(({ imports }) => imports.filter((name) => name.startsWith('../')))
    .filter((specifier) => !allowed.test(specifier));
  expect(wrong).toEqual([]);
});

test('no file is longer than 250 lines, tests, scripts and styles included', () => {
  const name = /\.(ts|mts|js|mjs|cjs|css)$/;
  const written = [
    ...readdirSync(ROOT).filter((path) => name.test(path)),
    ...[...FOLDERS, 'scripts', 'test'].flatMap((folder) => filesBelow(folder, name)),
  ];
  expect(written.length).toBeGreaterThan(500);
  const tooLong = written
    .map((path) => ({ path, lines: readFileSync(join(ROOT, path), 'utf8').trimEnd().split('\n') }))
    .filter(({ lines }) => lines.length > 250)
    .map(({ path, lines }) => `${path} has ${lines.length} lines`);
  expect(tooLong).toEqual([]);
});

test('the model imports nothing', () => {
  const model = files.find(({ path }) => path === 'workflows/onboarding/model.ts');
  expect(model?.imports).toEqual([]);
});

describe('each thing has one place', () => {
  test('the SDKs: alicloud', () => {
    const wrong = files
      .filter(({ folder, path }) => folder !== 'alicloud' && !IS_TESTING.test(path))
      .filter(({ imports }) => imports.some((name) => name.startsWith('@alicloud/')));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('process.env: the settings', () => {
    expect(offenders(({ folder }) => folder !== 'sandbox', /process\.env\b/)).toEqual([
      'alicloud/settings.ts',
    ]);
  });

  test('a CloudError is known by isCloudError: bundles have copies of the class', () => {
    expect(offenders(() => true, /instanceof CloudError/)).toEqual([]);
  });

  test('p-retry: retry.ts', () => {
    const users = files.filter(({ imports }) => imports.includes('p-retry'));
    expect(users.map(({ path }) => path)).toEqual(['workflows/onboarding/retry.ts']);
  });

  test('the SDK of ResourceManager: one folder, and it is loaded only when asked for', () => {
    const users = files
      .filter(({ path }) => !path.startsWith('sandbox/src/testing/') && !path.endsWith('.test.ts'))
      .filter(({ imports }) => imports.includes('@alicloud/resourcemanager20200331'));
    expect(users.length).toBeGreaterThan(1);
    for (const { path } of users) expect(path).toMatch(/^alicloud\/resource-manager\//);
    const eager = /^import (?!type).*resource-manager\/(?!client)/m;
    expect(offenders(({ folder }) => folder !== 'sandbox', eager)).toEqual([]);
  });

  test('the workflow has no clock, no timer and no random of its own', () => {
    const own = /Date\.now\(|new Date\(\)|setTimeout\(|Math\.random\(|randomUUID|node:/;
    expect(offenders(({ folder }) => folder === 'workflows', own)).toEqual([]);
  });

  test('entries have no clock and no rules', () => {
    const own = /Date\.now\(|setTimeout\(|\bfor \(|\bwhile \(|\bif \(/;
    expect(offenders(({ folder }) => folder === 'functions', own)).toEqual([]);
  });
});
