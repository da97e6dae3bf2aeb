import { fileURLToPath } from 'node:url';
import { renderTable } from '../cli/table.ts';
import { type BackfillFigures, measureBackfill } from './bench/backfill.ts';
import { measureColdStart } from './bench/cold-start.ts';
import { buildFunctions } from './build-functions.ts';

/** The project's figures, all from this run. Exits with 1 when one misses its mark. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SIZES = [100, 1_000, 10_000];
const LOAD_MARK = 0.1;
const BUNDLE_MARK_BYTES = 150 * 1024;
const MEMORY_MARK_MB = 512;

const say = (text = '') => process.stdout.write(`${text}\n`);
const ms = (value: number) => `${value.toFixed(0)} ms`;
const marks: { readonly name: string; readonly holds: boolean }[] = [];

await buildFunctions();

const { bareMs, oursMs, plainMs, bundleBytes } = measureColdStart(ROOT);
const ratio = oursMs / plainMs;
marks.push({ name: 'load time is at most a tenth', holds: ratio <= LOAD_MARK });
marks.push({ name: 'bundle is under 150 KB', holds: bundleBytes < BUNDLE_MARK_BYTES });
say('Loading the handler of the event path, medians of 21 processes each');
say();
say(
  renderTable(
    [
      { title: 'process', value: ([name]) => name },
      { title: 'over bare node', value: ([, time]) => time, align: 'right' },
      { title: 'of plain', value: ([, , share]) => share, align: 'right' },
    ],
    [
      ['node -e 0', `(${ms(bareMs)} in all)`, ''],
      ['dist/onboard-account/index.js', ms(oursMs), `${(ratio * 100).toFixed(1)} %`],
      ['plain: pop-core, resourcemanager20200331, log, unbundled', ms(plainMs), '100 %'],
    ] as const,
  ),
);
say();
say(`dist/onboard-account/index.js is ${(bundleBytes / 1024).toFixed(0)} KB.`);
say();

say('Backfill of a directory in which enterprise mode is off, the sandbox’s quotas on');
say();
const figures: BackfillFigures[] = [];
for (const members of SIZES) {
  const measured = await measureBackfill(ROOT, members);
  figures.push(measured);
  marks.push({
    name: `${members} members take at most ⌈N/100⌉ + 8 calls and one a poll`,
    holds: measured.apiCalls <= measured.allowedCalls && measured.starts === 1,
  });
  marks.push({
    name: `${members} members fit into 512 MB`,
    holds: measured.peakMemoryMb < MEMORY_MARK_MB,
  });
}
say(
  renderTable<BackfillFigures>(
    [
      { title: 'members', value: (row) => String(row.members), align: 'right' },
      { title: 'API calls', value: (row) => String(row.apiCalls), align: 'right' },
      { title: 'allowed', value: (row) => String(row.allowedCalls), align: 'right' },
      { title: 'starts', value: (row) => String(row.starts), align: 'right' },
      { title: 'PutLogs', value: (row) => String(row.logWrites), align: 'right' },
      { title: 'time', value: (row) => `${(row.durationMs / 1000).toFixed(1)} s`, align: 'right' },
      { title: 'peak memory', value: (row) => `${row.peakMemoryMb.toFixed(0)} MB`, align: 'right' },
    ],
    figures,
  ),
);
say();

const missed = marks.filter(({ holds }) => !holds);
for (const { name } of missed) say(`Missed: ${name}.`);
if (missed.length === 0) say(`All ${marks.length} marks are met.`);
process.exitCode = missed.length === 0 ? 0 : 1;
