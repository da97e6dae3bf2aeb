import { describe, expect, test } from 'vitest';
import type { FaultEffect } from '../../sandbox/src/world/faults.ts';
import { startDeployedSandbox } from './deployed-sandbox.ts';
import { NETWORK_FAULTS } from './faults.ts';

describe.concurrent('the directory, whose adapter is a file of its own', () => {
  const errorAnswer = (code: string, status: number): FaultEffect => ({
    kind: 'error',
    code,
    status,
    message: 'Refused.',
  });

  describe.each(['GetResourceDirectory', 'ListAccounts'])('%s', (operation) => {
    test.each([
      ...NETWORK_FAULTS,
      errorAnswer('ServiceUnavailable', 503),
      errorAnswer('Throttling.User', 400),
    ])('$kind $code, twice: every member is covered all the same', async (effect) => {
      await using sandbox = await startDeployedSandbox({
        members: 2,
        config: { organization: 'on' },
        timeoutSeconds: 20,
      });
      sandbox.world.faults.add({
        service: 'resource-manager',
        operation,
        when: { first: 2 },
        effect,
      });
      const { status } = await sandbox.call('backfill', {});
      expect(status).toBe('succeeded');
      expect(sandbox.journal.count('resource-manager', operation)).toBe(3);
      expect(sandbox.runEntries()).toMatchObject([{ outcome: 'succeeded', already_covered: '2' }]);
    });

    test('not allowed: failed at once, with the action to allow', async () => {
      await using sandbox = await startDeployedSandbox({
        members: 2,
        config: { organization: 'on' },
      });
      const effect = errorAnswer('Forbidden.RAM', 403);
      sandbox.world.faults.add({
        service: 'resource-manager',
        operation,
        when: { always: true },
        effect,
      });
      const { errorName } = await sandbox.call('backfill', {});
      expect(errorName).toBe('AccountsFailed');
      expect(sandbox.journal.count('resource-manager', operation)).toBe(1);
      expect(sandbox.runEntries()).toMatchObject([
        {
          outcome: 'failed',
          reason: expect.stringMatching(new RegExp(`Forbidden.RAM.+resourcemanager:${operation}`)),
        },
      ]);
    });
  });
});
