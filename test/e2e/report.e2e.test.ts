import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { unpack } from '../../cli/report/page/unpack.js';
import type { ReportData, TimelineEntry } from '../../cli/report/report-data.ts';
import { runCli } from '../support/cli/process.ts';
import { cliSandbox } from '../support/cli/sandbox.ts';
import type { Entry } from './deployed-sandbox.ts';

const HOSTILE = '</script><img src=x onerror=alert(1)>';

/** A directory in which a run failed, one covered all, and the schedule looked once more. */
async function history() {
  const { sandbox, environment } = await cliSandbox({
    members: 2,
    config: { organization: 'off' },
  });
  const production = sandbox.directory.createFolder('production');
  const payments = sandbox.directory.createFolder(HOSTILE, production.folderId);
  sandbox.directory.addAccount({ displayName: HOSTILE, folderId: payments.folderId });
  sandbox.faults.add({
    service: 'config',
    operation: 'StartConfigurationRecorder',
    effect: { kind: 'error', code: 'NoPermission' },
    when: { always: true },
  });
  await sandbox.call('backfill', {});
  sandbox.faults.clear();
  await sandbox.call('backfill', {});
  await sandbox.call('backfill', { verifyForSeconds: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { sandbox, environment, out: join(folder, 'coverage.html') };
}

/** The data that the page carries. */
function dataOf(page: string): ReportData {
  const [, packed = ''] =
    /<script id="report-data" type="application\/json">(.*?)<\/script>/s.exec(page) ?? [];
  return unpack(JSON.parse(packed));
}

/** What an entry of a timeline and entries of the log store both say. */
const saidBy = ({
  outcome,
  runId,
  to,
  recorderStatus,
  errorCode,
  cloudRequestId,
}: TimelineEntry) => ({
  outcome,
  run_id: runId,
  time: to,
  recorder_status: recorderStatus,
  error_code: errorCode,
  cloud_request_id: cloudRequestId,
});
const storedAs = (entry: Entry) => ({
  outcome: entry.outcome,
  run_id: entry.run_id,
  time: entry.time,
  recorder_status: entry.recorder_status,
  error_code: entry.error_code,
  cloud_request_id: entry.cloud_request_id,
});

test('the page holds what the log store holds, and the answer that is its evidence', async () => {
  const { sandbox, environment, out } = await history();
  const { code, stdout, stderr } = await runCli(['report', '--out', out], environment);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^looking at every member\nActing in .*\nwriting the report\n$/);
  expect(stdout).toMatch(
    /^All 3 members are covered\.\nWritten to \S+: 3 members, the results of 90 days, \d+ KB\.\n$/,
  );

  const page = await readFile(out, 'utf8');
  const data = dataOf(page);
  const stored = sandbox.accountEntries();
  expect(stored.length).toBeGreaterThanOrEqual(6);
  expect(data.members).toHaveLength(3);
  for (const { accountId, timeline, state } of data.members) {
    const own = stored.filter((entry) => entry.account_id === accountId).map(storedAs);
    expect(timeline.map(saidBy)).toEqual(own.toReversed());
    expect(state).toBe('covered');
  }
  expect(data.errors).toMatchObject([{ code: 'NoPermission', accounts: 3, runs: 1 }]);
  expect(data.managementAccountId).toBe(sandbox.managementAccountId);
  expect(data.evidence?.operation).toBe('GetAggregator');
  expect(sandbox.journal.entries().map(({ requestId }) => requestId)).toContain(
    data.evidence?.requestId,
  );
  expect(data.members.map(({ name }) => name)).toContain(HOSTILE);
  const hostile = data.members.find(({ name }) => name === HOSTILE);
  expect(hostile?.folderPath).toEqual(['Root', 'production', HOSTILE]);
  const called = sandbox.journal.entries().map(({ operation }) => operation);
  expect(called.filter((operation) => operation === 'ListFoldersForParent')).toHaveLength(2);
  expect(page).not.toContain('<img');
});

test('JSON and CSV say the same as the page', async () => {
  const { environment, out } = await history();
  await runCli(['report', '--out', out], environment);
  const page = dataOf(await readFile(out, 'utf8'));
  const json = JSON.parse((await runCli(['report', '--json'], environment)).stdout);
  // Each is a look of its own.
  const { asOf, evidence, resultsFrom, ...rest } = page;
  expect(json).toMatchObject({ schemaVersion: 1, ...JSON.parse(JSON.stringify(rest)) });

  const csv = await runCli(['report', '--csv'], environment);
  expect([csv.code, csv.stdout.startsWith('\uFEFFaccount_id,')]).toEqual([0, true]);
  for (const { accountId, timeline } of page.members) {
    expect(csv.stdout).toMatch(new RegExp(`^"${accountId}\t".*,${timeline[0]?.runId},`, 'm'));
  }
});
