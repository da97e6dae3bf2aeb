import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  ACCOUNT_ID,
  createFunctionWorld,
  type FunctionWorld,
} from '../../testing/function-world.ts';

const OK = `exports.handler = async () => 'ok';`;

let fixture: FunctionWorld;

beforeEach(async () => {
  fixture = await createFunctionWorld();
});

afterEach(() => fixture.close());

function createRole(...trustedServices: readonly string[]): void {
  const policy = { Version: '1', Statement: [] } as const;
  fixture.world.identities.createRole(ACCOUNT_ID, 'onboarding', policy, trustedServices);
}

it('has to trust Function Compute when a function is created with it', () => {
  createRole('ecs.aliyuncs.com');
  expect(() => fixture.createFunction('ok', OK)).toThrow(/does not trust fc\.aliyuncs\.com/);
  createRole('ecs.aliyuncs.com', 'fc.aliyuncs.com');
  fixture.createFunction('ok', OK);
});

it('has to be there and to trust it still at each attempt', async () => {
  createRole('fc.aliyuncs.com');
  fixture.createFunction('ok', OK);
  const attempt = async () => (await fixture.functionCompute.invoke('ok', '')).invocation;
  expect(await attempt()).toMatchObject({ status: 'succeeded' });
  createRole();
  expect(await attempt()).toMatchObject({
    status: 'failed',
    errorType: 'AccessDenied',
    errorMessage: expect.stringContaining('does not trust'),
  });
  fixture.world.identities.deleteRole(ACCOUNT_ID, 'onboarding');
  expect(await attempt()).toMatchObject({ errorMessage: expect.stringContaining('no role') });
});
