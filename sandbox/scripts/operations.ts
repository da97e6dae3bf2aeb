import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FIDELITY } from '../src/fidelity/services.ts';
import { publishedOperations } from './published-operations.ts';
import { operationsPage, summarize, summaryTable } from './render-operations.ts';

/**
 * Writes OPERATIONS.md, and its summary into both READMEs. With `--check` it writes nothing, and ends
 * with 1 where that would change a file.
 */
const FILE = 'OPERATIONS.md';
const [BEGIN, END] = ['<!-- operations: generated -->', '<!-- /operations -->'];
const HEADS = {
  'README.md': { head: ['service', 'modelled', 'partly', 'refused'], others: 'and others' },
  'README.zh-CN.md': { head: ['服务', '完整', '部分', '拒绝'], others: '及其他' },
} as const;

const services = summarize(FIDELITY, publishedOperations());
const wanted = new Map<string, string>([[FILE, operationsPage(services)]]);
for (const [file, words] of Object.entries(HEADS)) {
  wanted.set(file, withSummary(file, summaryTable(services, { ...words, file: FILE })));
}

const isCheck = process.argv.includes('--check');
for (const [file, text] of wanted) {
  if (!isCheck) {
    writeFileSync(pathOf(file), text);
    process.stdout.write(`${file} is written.\n`);
  } else if (readOr(file) !== text) {
    process.exitCode = 1;
    process.stderr.write(
      `sandbox/${file} is not what the services state: run npm run operations -w sandbox.\n`,
    );
  }
}

/** The README with the table between its marks. Throws an `Error` for one without. */
function withSummary(file: string, table: string): string {
  const text = readFileSync(pathOf(file), 'utf8');
  const [before, rest] = text.split(`${BEGIN}\n`);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`${file} has no place for the table: ${BEGIN} … ${END}`);
  }
  return `${before}${BEGIN}\n${table}\n${END}${after}`;
}

function readOr(file: string): string {
  try {
    return readFileSync(pathOf(file), 'utf8');
  } catch {
    return '';
  }
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(`../${file}`, import.meta.url));
}
