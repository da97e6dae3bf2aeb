import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { outlineTemplate } from '../../cli/setup/template-outline.ts';

const { parameters, retained } = outlineTemplate(
  readFileSync(new URL('../../stack.yaml', import.meta.url), 'utf8'),
);

test('says of stack.yaml what the command has to know', () => {
  expect(parameters.map(({ name }) => name)).toEqual([
    'RetentionDays',
    'ResultStore',
    'AlertActionPolicy',
  ]);
  expect(retained).toEqual(['LogProject', 'Results', 'ResultsIndex']);
});

describe('what is out of a parameter’s range', () => {
  test.each([
    ['RetentionDays', ['7', '365', '3600'], ['6', '3601', '', '30.5', 'a year', '1e3']],
    ['ResultStore', ['Create', 'Existing'], ['existing', '', 'Delete']],
    ['AlertActionPolicy', ['sls.builtin', 'ops-2'], ['x', 'a b', 'ops=2', 'a'.repeat(101)]],
  ])('%s', (name, fine, wrong) => {
    const parameter = parameters.find((one) => one.name === name);
    expect(fine.map((value) => parameter?.accepts(value))).toEqual(fine.map(() => true));
    expect(wrong.map((value) => parameter?.accepts(value))).toEqual(wrong.map(() => false));
  });
});
