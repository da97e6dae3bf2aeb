import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { deploymentOfEachTest } from '../testing/function-deployment.ts';
import { accountEvent } from '../testing/function-events.ts';
import { ACCOUNT_ID, FAILED_QUEUE, REGION } from '../testing/function-world.ts';
import { deploy } from './deploy.ts';

const { fixture, rendered } = deploymentOfEachTest();

/** The rendered sample with one property changed; `undefined` takes it away. */
function changed(path: string, value: unknown): unknown {
  const file = rendered();
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((node, key) => node[key], file);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return file;
}

const answers = async () => {
  await fixture.eventBus.idle();
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

  it("invokes on an event that the file's pattern matches, asynchronously", async () => {
    await deploy(rendered(), fixture.deployOptions);
    fixture.eventBus.publish(accountEvent(1, 'DeleteAccount'));
    fixture.eventBus.publish(accountEvent(2, 'AcceptHandshake'));
    expect(await answers()).toMatchObject([
      { functionName: 'look', mode: 'async', event: accountEvent(2, 'AcceptHandshake') },
    ]);
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

  it('fails a push that the role of the trigger may not make', async () => {
    await deploy(rendered(), fixture.deployOptions);
    fixture.allowInvocation(`acs:fc:${REGION}:*:functions/sweep`);
    fixture.eventBus.publish(accountEvent(1));
    await sleep(5);
    expect(fixture.eventBus.deliveries()).toMatchObject([
      { status: 'push-failed', reason: expect.stringContaining('fc:InvokeFunction') },
    ]);
    fixture.allowInvocation('*');
    fixture.world.clock.advance(1000);
    expect(await answers()).toHaveLength(1);
  });

  it('needs a role of the trigger that trusts EventBridge, then and at each push', async () => {
    const policy = {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: 'fc:InvokeFunction', Resource: '*' }],
    } as const;
    const trust = (...services: readonly string[]) =>
      fixture.world.identities.createRole(ACCOUNT_ID, 'event-bridge', policy, services);
    trust('fc.aliyuncs.com');
    await expect(deploy(rendered(), fixture.deployOptions)).rejects.toThrow(
      /invocationRole: the role \S+ does not trust eventbridge\.aliyuncs\.com/,
    );
    trust('eventbridge.aliyuncs.com');
    await deploy(rendered(), fixture.deployOptions);
    trust();
    fixture.eventBus.publish(accountEvent(1));
    await sleep(5);
    expect(fixture.eventBus.deliveries()).toMatchObject([
      { status: 'push-failed', reason: expect.stringContaining('does not trust') },
    ]);
  });

  it('fails a synchronous push when the function fails', async () => {
    const sync = changed(
      'resources.look.props.triggers.0.triggerConfig.asyncInvocationType',
      false,
    );
    await deploy(sync, { ...fixture.deployOptions, environment: { FAIL: 'yes' } });
    fixture.eventBus.publish(accountEvent(1));
    while (fixture.eventBus.deliveries().length === 0) await sleep(5);
    expect(fixture.eventBus.deliveries()).toMatchObject([
      { status: 'push-failed', reason: 'asked to fail' },
    ]);
    expect(fixture.functionCompute.invocations()).toMatchObject([{ mode: 'sync' }]);
  });

  it('leaves out what is not enabled', async () => {
    const off = changed('resources.look.props.triggers.0.triggerConfig.triggerEnable', false);
    await deploy(off, fixture.deployOptions);
    fixture.eventBus.publish(accountEvent(1));
    expect(await answers()).toEqual([]);
  });

  it('again replaces what was there', async () => {
    await deploy(rendered(), fixture.deployOptions);
    writeFileSync(
      join(fixture.folder, 'dist/look/index.js'),
      'exports.handler = async () => ({ build: 2 });',
    );
    await deploy(rendered(), fixture.deployOptions);
    fixture.eventBus.publish(accountEvent(1));
    fixture.world.clock.advance(300_000);
    const all = await answers();
    expect(all.map(({ functionName }) => functionName).sort()).toEqual(['look', 'sweep']);
    expect(all.find(({ functionName }) => functionName === 'look')).toMatchObject({ build: 2 });
  });
});
