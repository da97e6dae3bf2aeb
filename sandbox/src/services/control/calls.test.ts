import { expect, test } from 'vitest';
import { controlCalls } from '../../testing/control-calls.ts';
import { startSandbox } from '../../testing/started-sandbox.ts';
import { CALLS } from './calls.ts';

const call = controlCalls(CALLS);

test('a call is made as any other: signed, checked, recorded, and hit by faults', async () => {
  const sandbox = await startSandbox();
  const create = (parameters: Record<string, string>, accountId?: string) =>
    call(sandbox, 'POST', 'calls', {
      version: '2020-03-31',
      operation: 'CreateResourceAccount',
      parameters,
      ...(accountId === undefined ? {} : { accountId }),
    });
  expect((await create({ DisplayName: 'shop' })).body).toMatchObject({
    delivery: 'whole',
    status: 200,
    body: expect.stringContaining('"DisplayName":"shop"'),
  });
  const { accountId = '' } = sandbox.directory.accounts()[0] ?? {};
  expect((await create({ DisplayName: 'other' }, accountId)).body).toMatchObject({ status: 409 });
  expect((await create({ Colour: 'red' })).body).toMatchObject({ status: 400 });
  sandbox.faults.add({
    service: 'resource-manager',
    operation: '*',
    effect: { kind: 'hang' },
    when: { always: true },
  });
  expect((await create({ DisplayName: 'third' })).body).toEqual({ delivery: 'hang' });
  const journal = await call(sandbox, 'GET', 'journal');
  expect(journal.body.entries).toMatchObject([
    { accountId: sandbox.managementAccountId, status: 200 },
    { accountId, status: 409 },
    { status: 400 },
    {
      checked: [
        { what: 'signature', passed: true },
        { what: 'fault', detail: 'hang' },
      ],
    },
  ]);
});

test('a status is set as a person would by e-mail', async () => {
  const sandbox = await startSandbox({
    members: [{ displayName: 'shop', status: 'PromoteVerifying' }],
  });
  const { accountId } = sandbox.directory.accounts()[0] ?? {};
  const body = { status: 'PromoteSuccess' };
  expect((await call(sandbox, 'PUT', `accounts/${accountId}/status`, body)).status).toBe(200);
  expect(sandbox.directory.accounts()).toMatchObject([body]);
  expect((await call(sandbox, 'PUT', 'accounts/1/status', body)).status).toBe(404);
  const unknown = { status: 'Sold' };
  const refused = await call(sandbox, 'PUT', `accounts/${accountId}/status`, unknown);
  expect(refused.status).toBe(400);
});

test('operations and invocations are listed', async () => {
  const sandbox = await startSandbox({ services: ['object-storage'] });
  expect((await call(sandbox, 'GET', 'operations')).body).toMatchObject({
    services: [{ service: 'object-storage', operations: ['GetObject', 'PutObject'] }],
  });
  expect((await call(sandbox, 'GET', 'invocations')).body).toEqual({
    functionNames: [],
    invocations: [],
    next: 0,
  });
});
