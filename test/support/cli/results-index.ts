import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { LogService } from '../../../sandbox/src/services/log-service/index.ts';

interface Template {
  readonly Resources: {
    readonly ResultsIndex: {
      readonly Properties: { readonly KeyIndices: readonly { Name: string; Type: string }[] };
    };
  };
}

const FILE = new URL('../../../stack.yaml', import.meta.url);
const TEMPLATE = parse(readFileSync(FILE, 'utf8')) as Template;

const TOKENS = [
  ',',
  ' ',
  "'",
  '"',
  ';',
  '=',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '?',
  '@',
  '&',
  '<',
  '>',
  '/',
  ':',
  '\n',
  '\t',
  '\r',
];

/** The index of stack.yaml, with which the results can be counted. */
export function indexResults(service: LogService, project: string, logstore: string): void {
  const text = { caseSensitive: false, token: TOKENS };
  service.createIndex(project, logstore, {
    line: text,
    keys: Object.fromEntries(
      TEMPLATE.Resources.ResultsIndex.Properties.KeyIndices.map(({ Name, Type }) => [
        Name,
        { type: Type, doc_value: true, ...(Type === 'text' ? text : {}) },
      ]),
    ),
  });
}
