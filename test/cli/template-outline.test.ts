import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { outlineTemplate } from '../../cli/setup/template-outline.ts';

test('says of stack.yaml what a parser says', () => {
  const text = readFileSync(new URL('../../stack.yaml', import.meta.url), 'utf8');
  const { Parameters, Resources } = parse(text);
  const { parameters, retained } = outlineTemplate(text);
  expect(parameters).toEqual(Object.keys(Parameters));
  expect(retained).toEqual(
    Object.keys(Resources).filter((id) => Resources[id].DeletionPolicy === 'Retain'),
  );
  expect([parameters.length, retained.length]).not.toContain(0);
});
