import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands/all.ts';
import { Interrupted } from '../../../cli/errors.ts';
import { main } from '../../../cli/main.ts';
import { createStreamOutput } from '../../../cli/stream-output.ts';
import { id } from '../../support/cli/half-covered.ts';
import { createFakeOperator } from '../../support/cli/operator.ts';
import { cloudError, groupOf, member } from '../../support/workflows/fake-ports.ts';

describe('status --watch', () => {
  /** Three looks, then the person goes. */
  function watched() {
    const fake = createFakeOperator({
      accounts: [member(id(2), { name: 'payments' }), member(id(3))],
      group: [
        groupOf({ [id(2)]: 'BUILDING', [id(3)]: 'REGISTERED' }),
        groupOf({ [id(2)]: 'BUILDING', [id(3)]: 'REGISTERED' }),
        groupOf({ [id(2)]: 'REGISTERED', [id(3)]: 'REGISTERED' }),
      ],
    });
    const slept: number[] = [];
    const { clock } = fake.operator;
    clock.sleep = async (durationMs) => {
      slept.push(durationMs);
      if (slept.length === 3) fake.interruption.abort(new Interrupted());
    };
    return { fake, slept };
  }

  test('all at first, then what changes, until it is interrupted: exit 130', async () => {
    const { fake, slept } = watched();
    expect(await fake.onboard('status', '--watch', '--interval', '5')).toBe(130);
    expect(slept).toEqual([5_000, 5_000, 5_000]);
    const [table, changes] = fake.stdout().split('1 of 2 members are covered: 1 pending.\n');
    expect(table).toContain(id(3));
    expect(changes).toBe(
      `2026-11-20 03:04:05Z  ${id(2)}  payments  pending → covered\nAll 2 members are covered.`,
    );
    expect(fake.progress).toContain('watching: a look every 5 s, Ctrl-C ends it');
  });

  test('in a pipe, that it watches is said once, and again behind what has changed', async () => {
    const { fake } = watched();
    let stderr = '';
    const output = createStreamOutput({
      stdout: { write: () => undefined },
      stderr: { write: (text: string) => (stderr += text) },
      colors: false,
    });
    const shell = { ...fake.shell, output };
    expect(await main(['status', '--watch'], { commands: COMMANDS, version: '1' }, shell)).toBe(
      130,
    );
    expect(stderr.match(/watching: a look every 30 s/g)).toHaveLength(2);
  });

  test('with --json: one object a look', async () => {
    const { fake } = watched();
    expect(await fake.onboard('status', '--watch', '--json')).toBe(130);
    const looks = fake.stdout().split('\n');
    expect(looks.map((line) => JSON.parse(line).covered)).toEqual([1, 1, 2]);
  });

  test('a look that fails is said, and the next one is made; the first one ends it', async () => {
    const { fake } = watched();
    const denied = cloudError('NoPermission', { operation: 'GetResourceDirectory' });
    fake.operator.managementAccountId = () => Promise.reject(denied);
    expect(await fake.onboard('status', '--watch')).toBe(1);
    expect(fake.stdout()).toBe('');

    const later = watched();
    const { managementAccountId } = later.fake.operator;
    let looks = 0;
    later.fake.operator.managementAccountId = async () => {
      looks += 1;
      if (looks === 2) throw denied;
      return managementAccountId();
    };
    expect(await later.fake.onboard('status', '--watch', '--json')).toBe(130);
    expect(later.fake.stderr()).toContain('GetResourceDirectory failed: NoPermission');
    expect(later.fake.stdout().split('\n')).toHaveLength(2);
  });

  test('who joins and who leaves is said', async () => {
    const { fake } = watched();
    const { onboarding } = fake.operator;
    let looks = 0;
    fake.operator.onboarding = async () => {
      looks += 1;
      const ports = await onboarding();
      const directory = await ports.directory();
      const accounts = looks === 1 ? [member(id(2))] : [member(id(3))];
      return {
        ...ports,
        directory: async () => ({
          ...directory,
          listAccounts: async () => ({ accounts, totalCount: accounts.length }),
        }),
      };
    };
    await fake.onboard('status', '--watch');
    expect(fake.stdout()).toMatch(new RegExp(`${id(3)} {2}joined, covered\n`));
    expect(fake.stdout()).toMatch(new RegExp(`${id(2)} {2}left the directory\n`));
  });
});
