import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import { createLogClient } from '../alicloud/log-service/client.ts';
import { createResultReader } from '../alicloud/log-service/result-reader.ts';
import { createStyle } from '../cli/output.ts';
import { type Column, renderTable } from '../cli/table.ts';
import { en } from '../cli/texts/en.ts';
import { createSandbox } from '../sandbox/src/index.ts';
import { createDirectoryUser } from '../sandbox/src/testing/directory-user.ts';
import type { LogEntry } from '../workflows/onboarding/ports.ts';
import { buildFunctions } from './build-functions.ts';
import { INJECTED, startTimeline } from './demo-timeline.ts';
import {
  createEventRuleIn,
  createStackIn,
  deployFunctionsTo,
  FUNCTION_ENVIRONMENT,
  type ResultLocation,
} from './deploy-to-sandbox.ts';

/**
 * Two accounts join a directory in which Cloud Config was never turned on: one is created, one is
 * invited. What goes wrong on purpose is said to be injected: an event that arrives twice, and three
 * starts that are answered with errors. In the end the log store is asked what is known of both. Exits
 * with 0 only if both are verified and recorded.
 */

/** A recorder takes four minutes to build: here four seconds. */
const SPEED = 60;
const HURRIED = {
  RETRY_BASE_SECONDS: '0.5',
  RETRY_CAP_SECONDS: '1',
  POLL_BASE_SECONDS: '0.2',
  POLL_CAP_SECONDS: '0.5',
};
const INVITED_ACCOUNT_ID = '1000000000000042';
/** As the directory names an account that was invited. */
const INVITED_NAME = 'account-0042';
const CREATED_NAME = 'payments';
const READ_WITHIN_MS = 10_000;

/** A result, and which run in the order of the timeline it is of. */
interface Shown {
  readonly run: number;
  readonly entry: LogEntry;
}

const COLUMNS: readonly Column<Shown>[] = [
  { title: 'run', value: ({ run }) => String(run), align: 'right' },
  { title: 'account', value: ({ entry }) => entry.account_name ?? '' },
  { title: 'id', value: ({ entry }) => entry.account_id ?? '' },
  { title: 'outcome', value: ({ entry }) => entry.outcome ?? '' },
  { title: 'recorder', value: ({ entry }) => entry.recorder_status ?? '' },
  {
    title: 'seen in the answer',
    value: ({ entry }) => entry.cloud_request_id ?? '',
    fit: 'wrap',
  },
];

const say = (text = '') => process.stdout.write(`${text}\n`);

say(pc.bold('Account onboarding, against the sandbox'));
say('Two accounts join a directory in which Cloud Config was never turned on.');
say();
say(
  pc.dim(`On the left: seconds on this machine. Cloud Config is ${SPEED} times as fast as it is in the cloud,
where it takes minutes. ${INJECTED}: what goes wrong because the demo wants it to. Nothing leaves
this machine.`),
);
say();

await buildFunctions();
const sandbox = await createSandbox({
  speed: SPEED,
  config: { organization: 'not-activated' },
  // Unproven in the cloud; without it the schedule covers the invited account, minutes later.
  handshakeEventsReachManagement: true,
  functionEnvironment: FUNCTION_ENVIRONMENT,
});
// Its functions are processes, which would outlive an error.
const { accountIds, results, runNumber } = await onboardTwo().finally(() => sandbox.close());

say();
say(pc.bold('What the log store holds'));
say();
const rows = results
  .map((entry) => ({ run: runNumber(entry), entry }))
  .sort((one, other) => one.run - other.run);
const { columns: width = Number.POSITIVE_INFINITY } = process.stdout;
say(renderTable(COLUMNS, rows, { output: { width, style: createStyle(false) }, texts: en }));
say();
const unproven = accountIds.filter((accountId) => !isProven(accountId, results));
if (unproven.length === 0) {
  say(pc.green('Both accounts are recorded by Cloud Config, and the log store has the proof.'));
} else {
  say(pc.red(`The log store has no proof for ${unproven.join(', ')}.`));
  process.exitCode = 1;
}

async function onboardTwo() {
  const location = await createStackIn(sandbox);
  const { functionNames } = await deployFunctionsTo(sandbox, HURRIED);
  await createEventRuleIn(sandbox);
  const timeline = startTimeline(sandbox, location);
  timeline.line('sandbox', `Alibaba Cloud at ${sandbox.endpoint}`);
  timeline.line('deployed', functionNames.join(', '));

  const start = { service: 'config', operation: 'StartConfigurationRecorder' } as const;
  sandbox.faults.add({
    ...start,
    when: { first: 2 },
    effect: { kind: 'error', code: 'ProcessIsRunning' },
  });
  sandbox.faults.add({
    ...start,
    when: { nth: 3 },
    effect: { kind: 'error', code: 'ServiceUnavailable' },
  });
  sandbox.eventBus.delivery.set({ duplicate: 1 }, 'CreateResourceAccount');

  const directory = createDirectoryUser(sandbox);
  // Said before it is done: its event is on the bus before the call is answered.
  timeline.line('directory', `an account is created: ${CREATED_NAME}`);
  const createdId = await directory.createAccount(CREATED_NAME);
  timeline.line('directory', `an account is invited, and accepts: ${INVITED_NAME}`);
  await directory.inviteAccount(INVITED_ACCOUNT_ID);

  await sandbox.settled();
  const results = await readResults(location, sandbox.eventBus.deliveries().length);
  timeline.stop();
  const { runNumber } = timeline;
  return { accountIds: [createdId, INVITED_ACCOUNT_ID], results, runNumber };
}

/** Asks the log store as an operator would, until it shows what is expected or time is up. */
async function readResults(
  { logProject, logStore }: ResultLocation,
  expected: number,
): Promise<LogEntry[]> {
  const client = createLogClient({
    endpoint: sandbox.endpoint,
    project: logProject,
    credentials: sandbox.credentials,
  });
  const reader = createResultReader({ client, logstore: logStore });
  const giveUpAtMs = Date.now() + READ_WITHIN_MS;
  for (;;) {
    const nowS = Math.ceil(Date.now() / 1000);
    const entries = await reader.search({
      query: 'entry_type: account',
      fromS: nowS - 3600,
      toS: nowS + 60,
      timeoutMs: READ_WITHIN_MS,
    });
    if (entries.length >= expected || Date.now() > giveUpAtMs) return entries;
    await sleep(200);
  }
}

function isProven(accountId: string, entries: readonly LogEntry[]): boolean {
  return entries.some(
    (entry) =>
      entry.account_id === accountId &&
      (entry.outcome === 'covered' || entry.outcome === 'already-covered') &&
      entry.recorder_status === 'REGISTERED' &&
      entry.verified_by === 'account-group',
  );
}
