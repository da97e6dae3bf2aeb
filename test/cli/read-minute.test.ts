/**
 * A minute that began while the clients were still loaded would leave the first call no time to be
 * answered in.
 */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../cli/commands/all.ts';
import { main } from '../../cli/main.ts';
import type { Operator } from '../../cli/operator.ts';
import { FOUNDATION_ROLES, nameMissingRoles } from '../../cli/setup/service-linked-roles.ts';
import type { Clock } from '../../workflows/onboarding/ports.ts';
import { CLOUD } from '../support/cli/half-covered.ts';
import { createFakeOperator } from '../support/cli/operator.ts';

const LOADING_MS = 59_900;
const WHOLE_CALL_MS = 10_000;

/** Ends after all that is there at once. */
async function load(clock: Clock): Promise<void> {
  await setImmediate();
  await clock.sleep(LOADING_MS);
}

test.each(['status', 'replay'])('%s gives its reads their time after loading', async (command) => {
  const fake = createFakeOperator(CLOUD);
  const operator: Operator = {
    ...fake.operator,
    async onboarding() {
      await load(fake.clock);
      return fake.operator.onboarding();
    },
  };
  const shell = { ...fake.shell, connect: () => operator };
  await main([command], { commands: COMMANDS, version: '1.2.3' }, shell);
  expect(new Set(fake.timeoutsMs)).toEqual(new Set([WHOLE_CALL_MS]));
});

test('setup gives the look at the roles its time after loading', async () => {
  const fake = createFakeOperator();
  const timeoutsMs: number[] = [];
  const operator: Operator = {
    ...fake.operator,
    async serviceLinkedRoles() {
      await load(fake.clock);
      return {
        async exists(_roleName, { timeoutMs }) {
          timeoutsMs.push(timeoutMs);
          return true;
        },
        create: () => Promise.reject(new Error('It exists.')),
      };
    },
  };
  await nameMissingRoles(FOUNDATION_ROLES, { ...fake.context, operator });
  expect(timeoutsMs).toEqual([WHOLE_CALL_MS]);
});
