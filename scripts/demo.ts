import { setTimeout as sleep } from 'node:timers/promises';
import pc from 'picocolors';
import { createLogClient } from '../alicloud/log-service/client.ts';
import { createResultReader } from '../alicloud/log-service/result-reader.ts';
import { type Column, renderTable } from '../cli/table.ts';
import { createSandbox } from '../sandbox/src/index.ts';
import { createDirectoryUser } from '../sandbox/src/testing/directory-user.ts';
import type { LogEntry } from '../workflows/onboarding/ports.ts';
import { buildFunctions } from './build-functions.ts';
import { startTimeline } from './demo-timeline.ts';
import {
  createStackIn,
  deployFunctionsTo,
  FUNCTION_ENVIRONMENT,
  type ResultLocation,
} from './deploy-to-sandbox.ts';

/**
 * Two accounts join a directory in which Cloud Config was never turned on: one is created, one is
 * invited, and one of their events arrives twice. The service answers the first starts with
 * errors. In the end the log store is asked what is known of both. Exits with 0 only if both are
 * verified and recorded.
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
const READ_WITHIN_MS = 10_000;

const COLUMNS: readonly Column<LogEntry>[] = [
  { title: 'account', value: ({ account_id }) => account_id ?? '' },
  { title: 'event', value: ({ event_name }) => event_name ?? '' },
  { title: 'outcome', value: ({ outcome }) => outcome ?? '' },
  { title: 'recorder', value: ({ recorder_status }) => recorder_status ?? '' },
  {
    title: 'took',
    value: ({ duration_ms }) => `${(Number(duration_ms) / 1000).toFixed(1)} s`,
    align: 'right',
  },
];

const say = (text = '') => process.stdout.write(`${text}\n`);

say(pc.bold('Account onboarding, against the sandbox'));
say(pc.dim('A minute of the cloud is a second here. Nothing leaves this machine.'));
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
const { accountIds, results } = await onboardTwo().finally(() => sandbox.close());

say();
say(pc.bold('What the log store holds'));
say();
say(renderTable(COLUMNS, results));
say();
const unproven = accountIds.filter((accountId) => !isProven(accountId, results));
if (unproven.length === 0) {
  say(pc.green('Both accounts are recorded by Cloud Config, and the log store has the proof.'));
} else {
  say(pc.red(`The log store has no proof for ${unproven.join(', ')}.`));
  process.exitCode = 1;
}

async function onboardTwo() {
  const timeline = startTimeline(sandbox);
  timeline.line('sandbox', `Alibaba Cloud at ${sandbox.endpoint}`);

  const { logProject, logStore } = await createStackIn(sandbox);
  const { functionNames } = await deployFunctionsTo(sandbox, HURRIED);
  timeline.line('deploy', `stack.yaml, then s.yaml: ${functionNames.join(', ')}`);

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
  timeline.line('directory', 'an account is created: payments');
  const createdId = await directory.createAccount('payments');
  timeline.line('directory', `an account is invited, and accepts: ${INVITED_ACCOUNT_ID}`);
  await directory.inviteAccount(INVITED_ACCOUNT_ID);

  await sandbox.settled();
  const results = await readResults({ logProject, logStore }, sandbox.eventBus.deliveries().length);
  timeline.stop();
  return { accountIds: [createdId, INVITED_ACCOUNT_ID], results };
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
