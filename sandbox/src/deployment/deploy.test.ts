import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { deploymentOfEachTest } from '../testing/function-deployment.ts';
import { FAILED_QUEUE } from '../testing/function-world.ts';
import { deploy } from './deploy.ts';

const { fixture, rendered } = deploymentOfEachTest();

const answers = async () => {
  await fixture.functionCompute.idle();
  return fixture.functionCompute.invocations().map(({ functionName, mode, result }) => ({
    functionName,
    mode,
    ...JSON.parse(result.toString()),
  }));
};

describe('deploy', () => {
  it('creates the functions with all that the file sets', async () => {
    const deployment = await deploy(rendered(), {
      ...fixture.deployOptions,
      environment: { CONFIG_ENDPOINT: 'http://127.0.0.1:1', POLL_BASE_SECONDS: '0.01' },
    });
    expect(deployment).toEqual({
      functionNames: ['look', 'sweep'],
      preDeploy: { look: [{ run: 'npm run build', path: './' }], sweep: [] },
    });
    await fixture.functionCompute.invoke('look', '{"by":"hand"}');
    const [answer] = await answers();
    expect(answer).toMatchObject({
      event: { by: 'hand' },
      env: {
        LOG_PROJECT: 'results',
        POLL_BASE_SECONDS: '0.01',
        CONFIG_ENDPOINT: 'http://127.0.0.1:1',
      },
      context: {
        function: { name: 'look', handler: 'index.handler', memory: 512, timeout: 30 },
        service: { logProject: 'results', logStore: 'console' },
      },
    });
  });

  it('invokes on the timer', async () => {
    await deploy(rendered(), fixture.deployOptions);
    fixture.world.clock.advance(300_000);
    expect(await answers()).toMatchObject([
      {
        functionName: 'sweep',
        mode: 'async',
        event: { triggerName: 'every-5-minutes', payload: '{"verifyForSeconds":0}' },
      },
    ]);
  });

  it('retries and records failures as the file says', async () => {
    await deploy(rendered(), { ...fixture.deployOptions, environment: { FAIL: 'yes' } });
    await fixture.functionCompute.invoke('look', '{}', { async: true, taskId: 'one' });
    await expect(
      fixture.functionCompute.invoke('look', '{}', { async: true, taskId: 'one' }),
    ).rejects.toMatchObject({ status: 409 });
    while (fixture.functionCompute.invocations().length < 1) await sleep(5);
    await sleep(20);
    fixture.world.clock.advance(500);
    await fixture.functionCompute.idle();
    expect(fixture.functionCompute.invocations()).toHaveLength(2);
    expect(fixture.messageService.messages(FAILED_QUEUE)).toHaveLength(1);
  });

  it('keeps to the reserved concurrency', async () => {
    await deploy(rendered(), fixture.deployOptions);
    const both = [1, 2].map(() => fixture.functionCompute.invoke('look', '{}'));
    await expect(fixture.functionCompute.invoke('look', '{}')).rejects.toMatchObject({
      status: 429,
    });
    await Promise.all(both);
  });

  it('again replaces what was there', async () => {
    await deploy(rendered(), fixture.deployOptions);
    writeFileSync(
      join(fixture.folder, 'dist/look/index.js'),
      'exports.handler = async () => ({ build: 2 });',
    );
    await deploy(rendered(), fixture.deployOptions);
    await fixture.functionCompute.invoke('look', '{}');
    fixture.world.clock.advance(300_000);
    const all = await answers();
    expect(all.map(({ functionName }) => functionName).sort()).toEqual(['look', 'sweep']);
    expect(all.find(({ functionName }) => functionName === 'look')).toMatchObject({ build: 2 });
  });
});
