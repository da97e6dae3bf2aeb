import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands/all.ts';
import { main } from '../../../cli/main.ts';
import { createFakeOperator } from '../../support/cli/operator.ts';
import { cloudError, groupOf, member } from '../../support/workflows/fake-ports.ts';

describe('a run here, with --local', () => {
  const id = '1000000000000002';
  const neverCovered = {
    accounts: [member(id)],
    group: [groupOf({ [id]: 'BUILDING' })],
  };

  test('records before the wait is over, and says that it ends with the command', async () => {
    const fake = createFakeOperator(neverCovered);
    expect(await fake.onboard('backfill', '--local', '--wait', '40')).toBe(3);
    const run = fake.stored.at(-1);
    expect(run).toMatchObject({ entry_type: 'run', outcome: 'pending' });
    expect(Number(run?.duration_ms)).toBeLessThanOrEqual(40_000);
    expect(fake.stderr()).toContain('Started here: interrupting this command ends the run.');
  });

  test('what it recorded can’t be read: says that it is over', async () => {
    const fake = createFakeOperator(neverCovered);
    const results = await fake.operator.results();
    const operator = {
      ...fake.operator,
      results: async () => ({
        query: async (query: Parameters<typeof results.query>[0]) => {
          const rows = await results.query(query);
          return fake.stored.length === 0 ? rows : [];
        },
      }),
    };
    const code = await main(
      ['backfill', '--local', '--wait', '40'],
      { commands: COMMANDS, version: '1' },
      { ...fake.shell, connect: () => operator },
    );
    expect(code).toBe(3);
    expect(fake.stderr()).toContain('After 40 s the run is over');
    expect(fake.stderr()).not.toContain('function');
  });

  test('a look at the account group that fails is said as any other call that is made again', async () => {
    const reset = cloudError('NoAnswer', {
      operation: 'GetAggregator',
      message: 'No answer: ECONNRESET.',
    });
    const seen = groupOf({ [id]: 'BUILDING' });
    const fake = createFakeOperator({ ...neverCovered, group: [seen, seen, reset, reset, reset] });
    expect(await fake.onboard('backfill', '--local', '--wait', '90')).toBe(3);
    expect(fake.progress.join('\n')).toMatch(
      /^GetAggregator: connection reset · 3rd try in .*, for .* more at most/m,
    );
  });

  test('its plan has two minutes, too', async () => {
    const fake = createFakeOperator({
      ...neverCovered,
      describe: [cloudError('ProcessIsRunning', { statusCode: 400 })],
    });
    const startMs = fake.clock.now();
    expect(await fake.onboard('backfill', '--local', '--dry-run')).toBe(3);
    expect(fake.clock.now() - startMs).toBeLessThanOrEqual(120_000);
  });
});
