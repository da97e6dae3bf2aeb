import { type Column, renderTable } from '../cli/table.ts';
import { measureColdStart } from './bench/cold-start.ts';
import { measureCommand } from './bench/command.ts';
import { ROUNDS } from './bench/processes.ts';
import { measureRun, type RunFigures } from './bench/run.ts';
import { buildCli } from './build-cli.ts';
import { buildFunctions } from './build-functions.ts';
import { PROJECT_ROOT } from './deploy-to-sandbox.ts';

/** The project's figures, all from this run. Exits with 1 when one misses its mark. */

const SIZES = [100, 1_000, 10_000];
const LOAD_MARK = 0.1;
const BUNDLE_MARK_BYTES = 150 * 1024;
const MEMORY_MARK_MB = 512;
const RUNS_A_DAY = 288;
const HELP_MARK_MS = 150;
const FIRST_LINE_MARK_MS = 2_000;
const COMMAND_MEMORY_MARK_MB = 200;
const REPORT_MARK_BYTES = 6_000_000;

const CALLS: readonly Column<RunFigures>[] = [
  { title: 'members', value: (run) => String(run.members), align: 'right' },
  { title: 'API calls', value: (run) => String(run.apiCalls), align: 'right' },
];
const COSTS: readonly Column<RunFigures>[] = [
  { title: 'time', value: (run) => `${(run.durationMs / 1000).toFixed(1)} s`, align: 'right' },
  { title: 'peak memory', value: (run) => `${run.peakMemoryMb.toFixed(0)} MB`, align: 'right' },
];

const say = (text = '') => process.stdout.write(`${text}\n`);
const ms = (value: number) => `${value.toFixed(0)} ms`;
const marks: { readonly name: string; readonly holds: boolean }[] = [];

await Promise.all([buildFunctions(), buildCli()]);
sayColdStart();
await sayBackfills();
await saySchedule();
await sayCommand();

const missed = marks.filter(({ holds }) => !holds);
for (const { name } of missed) say(`Missed: ${name}.`);
if (missed.length === 0) say(`All ${marks.length} marks are met.`);
process.exitCode = missed.length === 0 ? 0 : 1;

function sayColdStart(): void {
  const { bareMs, oursMs, plainMs, bundleBytes } = measureColdStart(PROJECT_ROOT);
  const share = oursMs / plainMs;
  marks.push({ name: 'the handler loads in at most a tenth', holds: share <= LOAD_MARK });
  marks.push({ name: 'the bundle is under 150 KB', holds: bundleBytes < BUNDLE_MARK_BYTES });
  say(`Loading the handler of the event path, medians of ${ROUNDS} rounds of the three`);
  say();
  say(
    renderTable(
      [
        { title: 'process', value: ([name]) => name },
        { title: 'over bare node', value: ([, time]) => time, align: 'right' },
        { title: 'share', value: ([, , part]) => part, align: 'right' },
      ],
      [
        ['node -e 0', `(${ms(bareMs)} in all)`, ''],
        ['dist/onboard-account/index.js', ms(oursMs), `${(share * 100).toFixed(1)} %`],
        ['pop-core, resourcemanager20200331, log; unbundled', ms(plainMs), '100 %'],
      ] as const,
    ),
  );
  say();
  say(`dist/onboard-account/index.js is ${(bundleBytes / 1024).toFixed(0)} KB.`);
  say();
}

async function sayBackfills(): Promise<void> {
  const figures: RunFigures[] = [];
  for (const members of SIZES) {
    const run = await measureRun(PROJECT_ROOT, { members, organization: 'off', event: {} });
    figures.push(run);
    marks.push(
      {
        name: `${members} members take at most ⌈N/100⌉ + 8 calls, and one a further look`,
        holds: run.apiCalls <= allowedCalls(run) && run.starts === 1,
      },
      { name: `${members} members fit into 512 MB`, holds: run.peakMemoryMb < MEMORY_MARK_MB },
    );
  }
  say('Backfill of a directory in which enterprise mode is off');
  say();
  say(
    renderTable<RunFigures>(
      [
        ...CALLS,
        { title: 'allowed', value: (run) => String(allowedCalls(run)), align: 'right' },
        { title: 'further looks', value: (run) => String(run.furtherLooks), align: 'right' },
        { title: 'starts', value: (run) => String(run.starts), align: 'right' },
        { title: 'PutLogs', value: (run) => String(run.logWrites), align: 'right' },
        ...COSTS,
      ],
      figures,
    ),
  );
  say();
}

function allowedCalls({ members, furtherLooks }: RunFigures): number {
  return Math.ceil(members / 100) + 8 + furtherLooks;
}

async function saySchedule(): Promise<void> {
  const event = { triggerTime: '', triggerName: 'schedule', payload: '{"verifyForSeconds":0}' };
  const figures: RunFigures[] = [];
  for (const members of SIZES) {
    const run = await measureRun(PROJECT_ROOT, { members, organization: 'on', event });
    figures.push(run);
    marks.push({
      name: `${members} covered members take one entry and no start`,
      holds: run.entries === 1 && run.starts === 0,
    });
  }
  const aDay = (perRun: number) => (perRun * RUNS_A_DAY).toLocaleString('en-US');
  say('A scheduled run when all is well, and 288 of them, a day');
  say();
  say(
    renderTable<RunFigures>(
      [
        ...CALLS,
        { title: 'a day', value: (run) => aDay(run.apiCalls), align: 'right' },
        { title: 'entries', value: (run) => String(run.entries), align: 'right' },
        { title: 'a day', value: (run) => aDay(run.entries), align: 'right' },
        ...COSTS,
      ],
      figures,
    ),
  );
  say();
}

async function sayCommand(): Promise<void> {
  const members = 10_000;
  const { helpMs, status, reportBytes } = await measureCommand(PROJECT_ROOT, members);
  const { firstLineMs, durationMs, peakMemoryMb } = status;
  marks.push(
    { name: '--help takes under 150 ms over bare node', holds: helpMs < HELP_MARK_MS },
    { name: 'status says its first line within 2 s', holds: firstLineMs <= FIRST_LINE_MARK_MS },
    { name: 'status fits into 200 MB', holds: peakMemoryMb <= COMMAND_MEMORY_MARK_MB },
    { name: 'the report is under 6 MB', holds: reportBytes < REPORT_MARK_BYTES },
  );
  say(`The operator's command, in a directory of ${members} members`);
  say();
  say(
    renderTable(
      [
        { title: 'command', value: ([name]) => name },
        { title: 'figure', value: ([, figure]) => figure, align: 'right' },
      ],
      [
        [`onboard --help, over bare node, median of ${ROUNDS}`, ms(helpMs)],
        ['onboard status: first line', ms(firstLineMs)],
        ['onboard status: in all', `${(durationMs / 1000).toFixed(1)} s`],
        ['onboard status: peak memory', `${peakMemoryMb.toFixed(0)} MB`],
        ['onboard report: 90 days of results', `${(reportBytes / 1_000_000).toFixed(1)} MB`],
      ] as const,
    ),
  );
  say();
}
