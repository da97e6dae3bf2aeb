import { afterEach, expect, it } from 'vitest';
import { createFunctionWorld, type FunctionWorld } from '../../testing/function-world.ts';

let fixture: FunctionWorld;

afterEach(() => fixture.close());

const instances = () => fixture.functionCompute.invocations().map(({ instanceId }) => instanceId);

it('an instance ends when nobody has used it for its idle time', async () => {
  fixture = await createFunctionWorld({ clockSpeed: 0, instanceIdleMs: () => 1000 });
  fixture.createFunction('pid', `exports.handler = async () => ({ pid: process.pid });`);
  const pid = async (): Promise<number> => {
    const { invocation } = await fixture.functionCompute.invoke('pid', '');
    return JSON.parse(String(invocation?.result)).pid;
  };
  const first = await pid();
  fixture.world.clock.advance(999);
  expect(await pid()).toBe(first);
  fixture.world.clock.advance(999);
  expect(await pid()).toBe(first);
  fixture.world.clock.advance(1000);
  expect(await pid()).not.toBe(first);
  await expect.poll(() => isRunning(first)).toBe(false);
});

it('a schedule of five minutes meets a new instance now and then', async () => {
  fixture = await createFunctionWorld({ clockSpeed: 0 });
  fixture.createFunction('look', `exports.handler = async () => 'seen';`);
  fixture.functionCompute.createTimer('look', {
    name: 'schedule',
    cronExpression: '@every 5m',
    enable: true,
  });
  for (let run = 0; run < 8; run += 1) {
    fixture.world.clock.advance(300_000);
    await fixture.functionCompute.idle();
  }
  const cold = new Set(instances()).size;
  expect(instances()).toHaveLength(8);
  expect(cold).toBeGreaterThan(1);
  expect(cold).toBeLessThan(8);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
