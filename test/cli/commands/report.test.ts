import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createFakeOperator, storedResult, storedRunEntry } from '../../support/cli/operator.ts';
import { cloudError, groupOf, member, START_MS } from '../../support/workflows/fake-ports.ts';

const id = (last: number) => String(10 ** 15 + last);
const minute = (minutes: number) => new Date(START_MS + minutes * 60_000).toISOString();
const DAY = 24 * 60;

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'report-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

function world() {
  const fake = createFakeOperator({
    accounts: [
      member(id(2), { name: 'payments', folderIds: ['r-1', 'fd-a'], joinedAtMs: START_MS - 1 }),
      member(id(3), { name: '=cmd()' }),
      member(id(4), { name: 'quiet' }),
    ],
    group: [groupOf({ [id(2)]: 'REGISTERED', [id(3)]: 'REGISTRABLE', [id(4)]: 'REGISTERED' })],
  });
  fake.folders.set('fd-a', { name: 'production', parentId: 'r-1' });
  fake.store(
    storedResult(id(2), 'pending', { start_attempts: '2', error_code: 'ProcessIsRunning' }, -20),
    storedResult(id(2), 'covered', { duration_ms: '600000', cloud_request_id: 'REQ-2' }, -10),
    storedResult(id(3), 'failed', { error_code: 'NoPermission', recommendation: 'Allow it.' }, -15),
    storedResult(id(3), 'failed', { error_code: 'NoPermission', recommendation: 'Allow it.' }, -5),
    storedResult(id(4), 'covered', { start_attempts: '1', run_id: 'long-ago' }, -200 * DAY),
    // Left the directory since.
    storedResult(id(9), 'pending', {}, -5),
    storedRunEntry('run-a', { trigger: 'schedule', time: minute(-6), covered: '2', failed: '1' }),
  );
  return fake;
}

async function asJson(...args: string[]) {
  const fake = world();
  const code = await fake.onboard('report', '--json', ...args);
  return { code, fake, data: JSON.parse(fake.stdout()) };
}

test('every member, its timeline as the log store has it, and what evidences it', async () => {
  const { code, data } = await asJson();
  expect(code).toBe(2);
  expect(data).toMatchObject({
    schemaVersion: 1,
    asOf: minute(0),
    resultsFrom: minute(-90 * DAY),
    logProject: 'audit',
    logStore: 'results',
    organizationStatus: 'REGISTERED',
    evidence: { operation: 'GetAggregator' },
    writtenBy: 'onboard 1.2.3',
    remarks: [],
  });
  const [payments, failing, quiet] = data.members;
  expect(data.members).toHaveLength(3);
  expect(payments).toMatchObject({
    accountId: id(2),
    name: 'payments',
    folderPath: ['Root', 'production'],
    joinedAt: new Date(START_MS - 1).toISOString(),
    state: 'covered',
    stateSince: minute(-10),
    timeline: [
      { outcome: 'covered', to: minute(-10), cloudRequestId: 'REQ-2', runId: 'run-at--10' },
      { outcome: 'pending', errorCode: 'ProcessIsRunning', startAttempts: 2 },
    ],
  });
  expect(payments.recommendation).toBeUndefined();
  expect(failing).toMatchObject({
    state: 'failed',
    stateSince: minute(-15),
    recommendation: 'Allow it.',
    timeline: [{ outcome: 'failed', results: 2, from: minute(-15), to: minute(-5) }],
  });
  expect(quiet).toMatchObject({
    state: 'covered',
    stateSince: minute(-200 * DAY),
    timeline: [{ outcome: 'covered', runId: 'long-ago', results: 1 }],
  });
});

test('the figures: days, coverings and errors', async () => {
  const { data } = await asJson();
  const all = data.days.map(({ outcomes }: { outcomes: Record<string, number> }) => outcomes);
  expect(all.at(-1)).toEqual({ covered: 1, failed: 1, pending: 1 });
  expect(data.days.at(-1).atEnd).toEqual({ members: 3, covered: 2 });
  expect(data.coverings).toEqual([{ accountId: id(2), at: minute(-10), durationMs: 600_000 }]);
  expect(data.errors).toMatchObject([
    { code: 'ProcessIsRunning', retries: 1, runs: 1 },
    { code: 'NoPermission', retries: 0, runs: 2 },
  ]);
});

test('--days says how far back it reads', async () => {
  const { data } = await asJson('--days', '300');
  expect(data.resultsFrom).toBe(minute(-300 * DAY));
  expect(data.days).toHaveLength(2);
});

test('the page: written as a whole, and what it says is said', async () => {
  const fake = world();
  const path = await folder();
  const out = join(path, 'coverage.html');
  await writeFile(out, 'what was there');
  expect(await fake.onboard('report', '--out', out)).toBe(2);
  const page = await readFile(out, 'utf8');
  expect(page).toMatch(/^<!doctype html>\n<html lang="en"/);
  expect(page).toContain('payments');
  expect(await readdir(path)).toEqual(['coverage.html']);
  const size = `${Math.round(Buffer.byteLength(page) / 1_000)} KB`;
  expect(fake.stdout()).toBe(
    `2 of 3 members are covered: 1 failed.\nWritten to ${out}: 3 members, the results of 90 days, ${size}.`,
  );
});

test('in Chinese', async () => {
  const fake = world();
  const out = join(await folder(), 'coverage.html');
  expect(await fake.onboard('report', '--out', out, '--lang', 'zh')).toBe(2);
  const page = await readFile(out, 'utf8');
  expect(page).toContain('<html lang="zh-CN"');
  expect(page).toContain('3 个成员账号中，2 个已覆盖，1 个未覆盖。');
  expect(fake.stdout()).toContain(`已写入 ${out}：3 个成员账号`);
});

test('CSV to standard output, and nothing else there; to a file, the same', async () => {
  const fake = world();
  expect(await fake.onboard('report', '--csv')).toBe(2);
  const [head, ...rows] = fake.stdout().trimEnd().split('\r\n');
  expect(head).toMatch(/^\uFEFFaccount_id,account_name,folder_path,/);
  expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
    [`"${id(2)}\t"`, 'payments'],
    [`"${id(3)}\t"`, "'=cmd()"],
    [`"${id(4)}\t"`, 'quiet'],
  ]);
  const out = join(await folder(), 'coverage.csv');
  const again = world();
  expect(await again.onboard('report', '--csv', '--out', out)).toBe(2);
  expect(await readFile(out, 'utf8')).toBe(fake.stdout());
});

test('without a log store: the members all the same, and a remark', async () => {
  const fake = world();
  fake.refusals.push(...Array.from({ length: 3 }, () => cloudError('ProjectNotExist')));
  expect(await fake.onboard('report', '--json')).toBe(3);
  const data = JSON.parse(fake.stdout());
  expect(data.members).toHaveLength(3);
  expect(data.days).toEqual([]);
  expect(data.remarks).toEqual([expect.stringContaining('There is no log project audit')]);
  expect(fake.stderr()).toContain('There is no log project audit');
});

test('a log store that may not be read: the same, and why', async () => {
  const fake = world();
  const denied = cloudError('Unauthorized', { operation: 'GetLogs', statusCode: 401 });
  fake.operator.results = () => Promise.reject(denied);
  expect(await fake.onboard('report', '--json')).toBe(3);
  const data = JSON.parse(fake.stdout());
  expect(data.members).toHaveLength(3);
  expect(data.remarks).toEqual([expect.stringContaining('GetLogs failed: Unauthorized')]);
});

test('a history that can’t be read just now is no empty history: exit 1, and nothing is said', async () => {
  const fake = world();
  const { results } = fake.operator;
  fake.operator.results = async () => ({
    async query(statement) {
      if (statement.query.includes('select distinct')) {
        throw cloudError('ServiceUnavailable', { operation: 'GetLogs', statusCode: 503 });
      }
      return (await results()).query(statement);
    },
  });
  expect(await fake.onboard('report', '--json')).toBe(1);
  expect(fake.stdout()).toBe('');
  expect(fake.stderr()).toContain('GetLogs failed: ServiceUnavailable');
});

test('the account group can’t be read: no evidence, and exit 1', async () => {
  const fake = createFakeOperator({
    accounts: [member(id(2))],
    group: [cloudError('NoPermission', { operation: 'GetAggregator' })],
  });
  expect(await fake.onboard('report', '--json')).toBe(1);
  const data = JSON.parse(fake.stdout());
  expect(data.evidence).toBeUndefined();
  expect(data.members).toMatchObject([{ state: 'unknown' }]);
});

test('what can’t be written is said before anything is read; nothing is left behind', async () => {
  const fake = world();
  const path = await folder();
  expect(await fake.onboard('report', '--out', join(path, 'none', 'x.html'))).toBe(1);
  expect(await fake.onboard('report', '--out', path)).toBe(1);
  expect(fake.notes.filter((note) => note.startsWith('--out'))).toEqual([
    `--out ${join(path, 'none', 'x.html')} can't be written: ENOENT.`,
    `--out ${path} can't be written: EISDIR.`,
  ]);
  expect(fake.calls).toEqual([]);
  expect(await readdir(path)).toEqual([]);
});
