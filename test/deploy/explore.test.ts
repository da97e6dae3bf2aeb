import { expect, test } from 'vitest';
import { startDeployWorld } from '../support/deploy/world.ts';

test('explore', async () => {
  const w = await startDeployWorld();
  const asked: Record<string, Set<string>> = {};
  let phase = 'first';
  const key = w.sandbox.world.identities.createUser(w.sandbox.managementAccountId, 'deployer', { Version: '1', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
  const find = w.sandbox.world.identities.find(key.accessKeyId, undefined);
  if (find.kind === 'found') {
    const old = find.caller.allows;
    (find.caller as any).allows = (...a: any[]) => { (asked[phase] ??= new Set()).add(a[0] + ' ' + a[1]); return (old as any)(...a); };
  }
  let t = Date.now();
  const first = await w.deploy(key);
  console.log(first.code, Date.now() - t, first.text.slice(-3500));
  phase = 'second';
  t = Date.now();
  const second = await w.deploy(key);
  console.log(second.code, Date.now() - t, second.text);
  phase = 'remove';
  t = Date.now();
  const r = await w.remove(key);
  console.log(r.code, Date.now() - t, r.text);
  const r2 = await w.onboard('setup', '--remove');
  console.log(r2.code, r2.text);
  for (const [k, v] of Object.entries(asked)) console.log(k, [...v].sort().join('\n'));
  expect(1).toBe(1);
}, 60000);
