import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../cli/commands/all.ts';
import { createFakeOperator, storedResult, storedRunEntry } from '../support/cli/operator.ts';
import { planOf } from '../support/cli/plan-answer.ts';
import { SCHEMA_NAMES, schemaErrors } from '../support/cli/schemas.ts';
import { cloudError, groupOf, member, START_MS } from '../support/workflows/fake-ports.ts';

const id = (last: number) => String(10 ** 15 + last);
const minute = (minutes: number) => new Date(START_MS + minutes * 60_000).toISOString();

/** Accounts in every state, with every field that an entry can have. */
function world(deployed: Parameters<typeof createFakeOperator>[1] = {}) {
  const fake = createFakeOperator(
    {
      accounts: [
        member(id(2), { name: 'payments', joinedAtMs: START_MS - 9 }),
        member(id(3)),
        member(id(4)),
        member(id(5), { status: 'CreateVerifying' }),
      ],
      group: [groupOf({ [id(2)]: 'REGISTERED', [id(3)]: 'REGISTRABLE' })],
    },
    deployed,
  );
  const full = {
    account_name: 'payments',
    recorder_status: 'BUILDING',
    verified_by: 'account-group',
    event_id: 'E-1',
    event_name: 'CreateResourceAccount',
    function_request_id: 'F-1',
    cloud_request_id: 'C-1',
    error_code: 'ProcessIsRunning',
    error_message: 'It is.',
    recommendation: 'Wait.',
    start_attempts: '2',
    duration_ms: '5000',
  };
  fake.store(
    storedResult(id(2), 'pending', { ...full, trigger: 'event' }, -30),
    storedResult(id(2), 'covered', { duration_ms: '10' }, -20),
    storedResult(id(3), 'failed', full, -10),
    storedResult(id(9), 'overdue', full, -10),
    storedRunEntry('run-1', { trigger: 'schedule', time: minute(-10), covered: '2', failed: '1' }),
    storedRunEntry('run-2', { ...full, outcome: 'rejected', reason: 'No.', api_calls: '3' }),
  );
  return fake;
}

const answers = {
  invoke: () => planOf({ start: 1 }),
  start: () => ({ requestId: 'run-1' }),
};

async function checked(schema: string, fake: ReturnType<typeof world>, ...args: string[]) {
  await fake.onboard(...args, '--json');
  const lines = fake.stdout().split('\n');
  for (const line of lines) {
    expect(schemaErrors(schema, JSON.parse(line))).toEqual([]);
  }
  return lines;
}

describe('what --json says is what its schema allows, and nothing else', () => {
  test.each([
    ['status', ['status']],
    ['status', ['status', '--uncovered']],
    ['report', ['report']],
    ['account', ['account', id(2)]],
    ['account', ['account', id(9)]],
    ['runs', ['runs']],
    ['backfill', ['backfill', '--dry-run']],
    ['backfill', ['backfill']],
    ['backfill', ['backfill', '--local']],
    ['backfill', ['backfill', '--follow', 'run-2']],
    ['backfill', ['backfill', '--follow', 'nothing', '--wait', '1']],
    ['replay', ['replay', '--dry-run']],
    ['replay', ['replay']],
  ])('%s: %j', async (schema, args) => {
    expect(await checked(schema, world(answers), ...args)).toHaveLength(1);
  });

  test('logs: one object a line', async () => {
    const fake = world();
    const line = { time: minute(-1), functionName: 'backfill', message: 'a' };
    fake.printed.push([
      { ...line, requestId: 'F-1', instanceId: 'c-1' },
      { time: line.time, message: '' },
    ]);
    expect(await checked('logs', fake, 'logs')).toHaveLength(2);
  });

  test('where little is known', async () => {
    const blind = () =>
      createFakeOperator({
        accounts: [member(id(2))],
        describe: [cloudError('NoPermission')],
        group: [cloudError('NoPermission', { operation: 'GetAggregator' })],
      });
    expect(await checked('status', blind(), 'status')).toHaveLength(1);
    expect(await checked('report', blind(), 'report')).toHaveLength(1);
    expect(await checked('account', blind(), 'account', id(2))).toHaveLength(1);
    expect(await checked('runs', blind(), 'runs')).toHaveLength(1);
    expect(await checked('replay', blind(), 'replay')).toHaveLength(1);
  });

  test('a key that a schema does not know is refused', async () => {
    const fake = world();
    await fake.onboard('status', '--json');
    const json = JSON.parse(fake.stdout());
    expect(schemaErrors('status', { ...json, more: 1 })).not.toEqual([]);
    const accounts = [{ ...json.accounts[0], more: 1 }];
    expect(schemaErrors('status', { ...json, accounts })).not.toEqual([]);
  });
});

test('every command has a schema, but for completion, which prints a script', () => {
  const commands = COMMANDS.map(({ name }) => name).filter((name) => name !== 'completion');
  expect(SCHEMA_NAMES.filter((name) => name !== 'common').sort()).toEqual(commands.sort());
});
