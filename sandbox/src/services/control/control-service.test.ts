import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { controlCalls, description, FAULT } from '../../testing/control-calls.ts';
import { startSandbox } from '../../testing/started-sandbox.ts';
import { CONTROL_OPERATIONS } from './operations.ts';

const call = controlCalls([]);

test('the description is OpenAPI 3.1, and every operation has a name of its own', async () => {
  const document = await description(await startSandbox());
  expect(await new Validator().validate(document)).toEqual({ valid: true });
  expect(document).toMatchObject({ openapi: '3.1.0' });
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.sort()).toEqual(['getDescription', ...CONTROL_OPERATIONS.map(({ id }) => id)].sort());
});

test.each([
  ['POST', 'faults', { ...FAULT, when: { sometimes: true } }, 'when'],
  ['POST', 'faults', { ...FAULT, when: { first: 1e300 } }, 'when'],
  ['POST', 'faults', { ...FAULT, effect: { kind: 'explode' } }, 'effect.kind'],
  ['POST', 'faults', { ...FAULT, effect: { ...FAULT.effect, status: 99 } }, 'effect.status'],
  ['POST', 'faults', { ...FAULT, effect: { ...FAULT.effect, retryAfterMs: 1e300 } }, 'retryAfter'],
  [
    'POST',
    'faults',
    { ...FAULT, service: 'cofnig' },
    "service 'cofnig'. Known: access-management, cloud-flow, ",
  ],
  ['POST', 'faults', { ...FAULT, operation: 'Start' }, 'StartConfigurationRecorder'],
  ['POST', 'faults', { ...FAULT, effect: { kind: 'error', code: 'Busy' } }, 'ProcessIsRunning'],
  ['POST', 'faults', { ...FAULT, service: 'log-service', operation: 'PutLog' }, 'PutLogs'],
  ['POST', 'faults', { ...FAULT, service: 'function-compute' }, 'InvokeFunction'],
  ['POST', 'clock', { advanceMs: -1 }, 'advanceMs'],
  ['POST', 'clock', { advanceMs: 1e300 }, 'advanceMs'],
  ['POST', 'clock', { advanceMs: '5' }, 'advanceMs'],
  ['POST', 'clock', { speed: 1e300 }, 'speed'],
  ['POST', 'clock', {}, 'advanceMs or speed is needed'],
  ['POST', 'delivery', { options: { drops: 1 } }, 'options.drops'],
  ['POST', 'delivery', { options: { duplicate: 1e9 } }, 'options.duplicate'],
  ['POST', 'delivery', { options: { delayMs: 1e300 } }, 'options.delayMs'],
  ['POST', 'delivery', { eventName: 'CreateAccount', options: {} }, 'CreateResourceAccount'],
  ['POST', 'quotas', {}, 'enabled'],
  ['POST', 'quotas', { enabled: true, service: 'config' }, 'service and operation'],
  [
    'POST',
    'quotas',
    { enabled: true, service: 'oss', operation: 'x' },
    "There is no service 'oss'",
  ],
  [
    'POST',
    'quotas',
    { enabled: true, service: 'config', operation: 'Start' },
    'Known: DescribeConfigurationRecorder',
  ],
  ['PUT', 'seed', { members: 1e300 }, 'members'],
  ['PUT', 'seed', { members: [{ displayName: 'x', accountId: '7' }] }, 'members'],
  ['PUT', 'seed', { config: { organisation: 'on' } }, 'config.organisation'],
  ['PUT', 'seed', [], 'the body: an object is expected'],
  ['PUT', 'seed', { config: [] }, 'config: an object is expected'],
  ['POST', 'reset', { members: 1 }, 'members'],
  ['POST', 'identities', { kind: 'member', accountId: '../x' }, 'accountId'],
  ['POST', 'identities', { kind: 'operator' }, 'policy'],
  ['GET', 'journal?after=-1', undefined, 'after'],
  ['GET', 'journal?limit=1001', undefined, 'limit'],
  ['GET', 'journal?servce=config', undefined, 'servce'],
  ['GET', 'journal?limit=1&limit=2', undefined, 'limit is given twice'],
  ['GET', 'health?verbose=1', undefined, 'verbose'],
])('%s %s %j is refused', async (method, path, body, place) => {
  const sandbox = await startSandbox({ speed: 0 });
  const before = sandbox.world.clock.now();
  const answer = await call(sandbox, method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.message).toContain(place);
  expect(sandbox.world.clock.now()).toBe(before);
});

test('what is no JSON, and what is too much of it', async () => {
  const sandbox = await startSandbox();
  const post = async (body: string) => {
    const answer = await fetch(`${sandbox.endpoint}/sandbox/clock`, { method: 'POST', body });
    return [answer.status, ((await answer.json()) as { message: string }).message];
  };
  expect(await post('{')).toEqual([400, expect.stringContaining('The body is not JSON')]);
  expect(await post(' '.repeat(8 * 1024 * 1024 + 1))).toEqual([
    413,
    'A body has up to 8388608 bytes.',
  ]);
});

test('an unknown path names the known ones, an unknown method the right ones', async () => {
  const sandbox = await startSandbox();
  expect(await call(sandbox, 'POST', 'accounts', {})).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('/sandbox/faults') },
  });
  expect(await call(sandbox, 'PUT', 'clock', {})).toMatchObject({
    status: 405,
    body: { message: '/sandbox/clock takes only GET, POST.' },
  });
});
