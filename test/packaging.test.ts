import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../cli/commands/all.ts';
import { parseArguments } from '../cli/program.ts';
import { en } from '../cli/texts/en.ts';
import { createFakeOutput } from './support/cli/output.ts';

const textOf = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

test.each(['Dockerfile', 'sandbox/Dockerfile'])('%s has no mistake that a linter sees', (file) => {
  expect(validate(textOf(file))).toEqual([]);
  expect(validate(`${textOf(file)}ENTRYPOINT\n`)).not.toEqual([]);
});

test('the changelog says what is in this version', () => {
  const { version } = JSON.parse(textOf('package.json'));
  expect(textOf('CHANGELOG.md')).toContain(`\n## ${version}\n`);
});

describe('the sample pipeline', () => {
  const text = textOf('docs/examples/nightly-status.yml');

  test('is a workflow that may ask for a token, and may write nothing', () => {
    expect(parse(text)).toMatchObject({
      on: { schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) }] },
      permissions: { contents: 'read', 'id-token': 'write' },
    });
  });

  test('asks the command for what it has', () => {
    const { output } = createFakeOutput();
    const options = { commands: COMMANDS, version: '0.0.0', output, texts: en };
    const asked = [...text.matchAll(/npx onboard ([^>|]+)/g)].map(([, args = '']) =>
      args.trim().split(' '),
    );
    expect(asked).toEqual([['status', '--csv']]);
    for (const args of asked) expect(parseArguments(args, options)).toBeDefined();
    expect(() => parseArguments(['status', '--table'], options)).toThrow();
  });
});
