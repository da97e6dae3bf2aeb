import { readFile } from 'node:fs/promises';

/** Each after those that it imports from: together they are one module. */
const SCRIPTS = [
  'format.js',
  'csv.js',
  'exports.js',
  'unpack.js',
  'dom.js',
  'timeline.js',
  'columns.js',
  'rows.js',
  'members.js',
  'main.js',
];

/** In the order in which they override each other. */
const STYLES = ['base.css', 'charts.css', 'members.css', 'media.css'];

const FOLDER = new URL('./page/', import.meta.url);

/** The page's script: its files as one module, without the imports between them. */
export async function pageScript(): Promise<string> {
  const files = await Promise.all(SCRIPTS.map(read));
  return files
    .map((text) => text.replace(/^import [^;]*;\n/gm, '').replace(/^export /gm, ''))
    .join('\n');
}

export async function pageStyle(): Promise<string> {
  return (await Promise.all(STYLES.map(read))).join('\n');
}

function read(name: string): Promise<string> {
  return readFile(new URL(name, FOLDER), 'utf8');
}
