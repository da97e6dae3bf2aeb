import { expect, test } from 'vitest';
import { flowRoleAllows, flowRoleExists } from './flow-role.ts';
import { createWorld } from './world.ts';

const ARN = 'acs:ram::1:role/flow';

test("a flow's role has to be there, to trust CloudFlow and to allow the action", () => {
  const world = createWorld({ speed: 0 });
  const createRole = (service: string) =>
    world.identities.createRole(
      '1',
      'flow',
      { Version: '1', Statement: [{ Effect: 'Allow', Action: 'fc:Invoke*', Resource: '*' }] },
      [service],
    );
  const allows = (action: string) => flowRoleAllows(world, ARN, action, '*');
  expect([flowRoleExists(world, ARN), allows('fc:InvokeFunction')]).toEqual([false, false]);
  createRole('fnf.aliyuncs.com');
  expect(flowRoleExists(world, ARN)).toBe(true);
  expect([allows('fc:InvokeFunction'), allows('fc:GetFunction')]).toEqual([true, false]);
  createRole('fc.aliyuncs.com');
  expect(() => flowRoleExists(world, ARN)).toThrow('does not trust fnf.aliyuncs.com');
});
