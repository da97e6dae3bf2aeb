import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../index.ts';
import { createDirectoryUser } from '../../testing/directory-user.ts';

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> & { readonly message?: string };
}

/** Operations that answered as their description says. */
const seen = new Set<string>();

/** Every answer is held against the description that the sandbox itself serves. */
async function call(
  sandbox: Sandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const answer = await fetch(`${sandbox.endpoint}/sandbox/${path}`, init);
  const answered = { status: answer.status, body: (await answer.json()) as Answer['body'] };
  await holdAgainstDescription(sandbox, method, `/sandbox/${path.split('?')[0]}`, body, answered);
  return answered;
}

type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: unknown;
};

const descriptions = new WeakMap<Sandbox, Promise<Description>>();

function description(sandbox: Sandbox): Promise<Description> {
  const path = `${sandbox.endpoint}/sandbox/openapi.json`;
  const known = descriptions.get(sandbox) ?? read(path);
  descriptions.set(sandbox, known);
  return known;
}

async function read(path: string): Promise<Description> {
  return (await (await fetch(path)).json()) as Description;
}

type Content = { readonly content: { readonly 'application/json': { readonly schema: object } } };

interface Operation {
  readonly operationId: string;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

const ajv = new Ajv2020({ strict: false });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
/** By their JSON: every sandbox describes itself anew, and compiling takes longer than the answer. */
const checks = new Map<string, ReturnType<typeof ajv.compile>>();

function problemsOf(schema: object, value: unknown) {
  const key = JSON.stringify(schema);
  const check = checks.get(key) ?? ajv.compile(schema);
  checks.set(key, check);
  check(value);
  return check.errors ?? [];
}

async function holdAgainstDescription(
  sandbox: Sandbox,
  method: string,
  path: string,
  body: unknown,
  answer: Answer,
): Promise<void> {
  const { paths, components } = await description(sandbox);
  const [, operations] =
    Object.entries(paths).find(([template]) =>
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
    ) ?? [];
  const operation = operations?.[method.toLowerCase()];
  if (operation === undefined) {
    expect([404, 405]).toContain(answer.status);
    return;
  }
  const validate = (schema: object, value: unknown) => problemsOf({ ...schema, components }, value);
  const response = operation.responses[answer.status];
  if (response === undefined) throw new Error(`${answer.status} of ${path} is not described.`);
  expect(validate(response.content['application/json'].schema, answer.body)).toEqual([]);
  if (answer.status >= 300) return;
  seen.add(operation.operationId);
  // What was taken is described too.
  const input = operation.requestBody?.content['application/json'].schema;
  if (input !== undefined) expect(validate(input, body)).toEqual([]);
}

const FAULT = {
  service: 'config',
  operation: 'StartConfigurationRecorder',
  effect: { kind: 'error', code: 'ProcessIsRunning' },
  when: { first: 1 },
};
const POLICY = {
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'config:Get*', Resource: ['*'] }],
};

test('the description is OpenAPI 3.1, and every operation has a name of its own', async () => {
  const document = await description(await start());
  expect(await new Validator().validate(document)).toEqual({ valid: true });
  expect(document).toMatchObject({ openapi: '3.1.0' });
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('health says where it is and what it has', async () => {
  const sandbox = await start({ services: ['config', 'log-service'] });
  expect(await call(sandbox, 'GET', 'health')).toMatchObject({
    status: 200,
    body: {
      status: 'ok',
      endpoint: sandbox.endpoint,
      managementAccountId: '1000000000000001',
      services: ['config', 'log-service'],
    },
  });
});

test('reset goes back to the seed, and another seed is put in its place', async () => {
  const sandbox = await start({ members: 1 });
  await createDirectoryUser(sandbox).createAccount('shop');
  expect((await call(sandbox, 'POST', 'reset')).status).toBe(200);
  expect(sandbox.directory.accounts()).toHaveLength(1);
  const seed = {
    folders: ['Production/Web'],
    members: [
      {
        displayName: 'shop',
        folder: 'Production/Web',
        accountId: '1000000000000042',
        joinedAt: '2026-01-02T03:04:05.000Z',
        recorder: 'BUILDING',
        recorderIsStuck: true,
      },
    ],
    config: { organization: 'on', memberBuildMs: 1000 },
  };
  expect((await call(sandbox, 'PUT', 'seed', seed)).status).toBe(200);
  expect((await call(sandbox, 'GET', 'seed')).body).toEqual(seed);
  expect((await call(sandbox, 'GET', 'state/config')).body).toMatchObject({
    recorders: { '1000000000000042': { status: 'BUILDING' } },
  });
  const refused = await call(sandbox, 'PUT', 'seed', { folders: ['a//b'] });
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('a//b') },
  });
  expect(sandbox.directory.accounts()).toHaveLength(1);
});

test('the state of every service, and of one', async () => {
  const sandbox = await start({ members: 2, config: { organization: 'on' }, speed: 0 });
  const { logService, messageService, eventBus } = sandbox;
  logService.createProject('audit');
  logService.createLogstore('audit', 'runs');
  logService.createIndex('audit', 'runs', { line: { token: [' '], caseSensitive: false } });
  logService.append('audit', 'runs', [{ timeS: 1, source: '', topic: '', contents: { a: 'b' } }]);
  sandbox.objectStorage.put({ bucket: 'code', key: 'worker.zip' }, Buffer.from('zip'));
  sandbox.access.createPolicy('reads', { Version: '1', Statement: [] });
  sandbox.access.createRole('worker', ['fc.aliyuncs.com']);
  sandbox.access.attach('reads', 'worker');
  messageService.createQueue('failed');
  messageService.send('failed', 'x');
  const rule = { name: 'all', pattern: { data: { eventName: [{ exists: true }] } } };
  eventBus.addRule({ ...rule, targets: [{ push: () => {} }] });
  const user = createDirectoryUser(sandbox);
  await user.createAccount('shop');
  await user.inviteAccount('1000000000000042');
  await sandbox.settled();
  const all = await call(sandbox, 'GET', 'state');
  expect(all.body).toEqual(await sandbox.state());
  for (const [name, state] of Object.entries(all.body)) {
    expect((await call(sandbox, 'GET', `state/${name}`)).body).toEqual(state);
  }
  const unknown = await call(sandbox, 'GET', 'state/oss');
  expect(unknown).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('Known: access-management, config, ') },
  });
});

test('keys of the root user, of a member, and of an operator with a policy', async () => {
  const sandbox = await start({ members: 1 });
  const root = await call(sandbox, 'POST', 'identities', { kind: 'root' });
  expect(root.body).toEqual({ accountId: sandbox.managementAccountId, ...sandbox.credentials });
  const { accountId = '' } = sandbox.directory.accounts()[0] ?? {};
  const member = await call(sandbox, 'POST', 'identities', { kind: 'member', accountId });
  expect(member).toMatchObject({ status: 201, body: { accountId } });
  const { find } = sandbox.world.identities;
  const callerOf = ({ body }: Answer) => {
    const found = find(String(body.accessKeyId), undefined);
    return found.kind === 'found' ? found.caller : undefined;
  };
  expect(callerOf(member)).toMatchObject({ accountId });
  const asked = { kind: 'operator', userName: 'reader', policy: POLICY };
  const operator = callerOf(await call(sandbox, 'POST', 'identities', asked));
  expect(operator).toMatchObject({ userName: 'reader' });
  expect([operator?.allows('config:GetX', '*'), operator?.allows('log:GetX', '*')]).toEqual([
    true,
    false,
  ]);
  const strange = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { IpAddress: {} } };
  const policy = { Version: '1', Statement: [strange] };
  const refused = await call(sandbox, 'POST', 'identities', { kind: 'operator', policy });
  expect(refused).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('one condition') },
  });
});

test('a call is made as any other: signed, checked, recorded, and hit by faults', async () => {
  const sandbox = await start();
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
  const sandbox = await start({ members: [{ displayName: 'shop', status: 'PromoteVerifying' }] });
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
  const sandbox = await start({ services: ['object-storage'] });
  expect((await call(sandbox, 'GET', 'operations')).body).toMatchObject({
    services: [{ service: 'object-storage', operations: ['GetObject', 'PutObject'] }],
  });
  expect((await call(sandbox, 'GET', 'invocations')).body).toEqual({
    functionNames: [],
    invocations: [],
    next: 0,
  });
});

test('a journal after a reset is another one', async () => {
  const sandbox = await start();
  const idNow = async () => (await call(sandbox, 'GET', 'journal')).body.id;
  const before = await idNow();
  expect(await idNow()).toBe(before);
  await sandbox.reset();
  expect(await idNow()).not.toBe(before);
});

test('faults are added, listed, removed and cleared', async () => {
  const sandbox = await start();
  const { world } = sandbox;
  const added = await call(sandbox, 'POST', 'faults', FAULT);
  expect(added.status).toBe(201);
  expect(world.faults.next('config', 'StartConfigurationRecorder')?.effect).toEqual(FAULT.effect);
  await call(sandbox, 'POST', 'faults', { ...FAULT, when: { always: true } });
  expect((await call(sandbox, 'GET', 'faults')).body.faults).toMatchObject([
    { id: added.body.id, hits: 1, ...FAULT },
    { hits: 0 },
  ]);
  expect((await call(sandbox, 'DELETE', `faults/${added.body.id}`)).status).toBe(200);
  expect((await call(sandbox, 'DELETE', `faults/${added.body.id}`)).status).toBe(404);
  await call(sandbox, 'DELETE', 'faults');
  expect(world.faults.list()).toEqual([]);
});

test('a fault may hit every operation, with a code of the gateway or one that has its status', async () => {
  const { faults } = (await start()).world;
  const { service, operation, when } = { ...FAULT, when: { first: 1 } };
  faults.add({ service, operation: '*', when, effect: { kind: 'error', code: 'InternalError' } });
  const effect = { kind: 'error', code: 'Undocumented', status: 418 } as const;
  faults.add({ service, operation, when, effect });
  expect(faults.next('config', 'ListAggregators')).toBeDefined();
});

test('the clock is read, moved on and set to a speed', async () => {
  const sandbox = await start({ speed: 0 });
  const { nowMs } = (await call(sandbox, 'GET', 'clock')).body as { nowMs: number };
  expect(nowMs).toBe(sandbox.world.clock.now());
  const moved = await call(sandbox, 'POST', 'clock', { advanceMs: 600_000 });
  expect(moved.body).toMatchObject({ nowMs: nowMs + 600_000, speed: 0 });
  expect((await call(sandbox, 'POST', 'clock', { speed: 60 })).body).toMatchObject({ speed: 60 });
  expect(sandbox.world.clock.speed()).toBe(60);
});

test('events are dropped, until that is cleared', async () => {
  const sandbox = await start();
  await call(sandbox, 'POST', 'delivery', { options: { drop: 1 } });
  let pushed = 0;
  sandbox.eventBus.addRule({
    name: 'all',
    pattern: { data: { eventName: ['CreateResourceAccount'] } },
    targets: [
      {
        push: () => {
          pushed += 1;
        },
      },
    ],
  });
  const user = createDirectoryUser(sandbox);
  await user.createAccount('payments');
  await sandbox.settled();
  expect(pushed).toBe(0);
  await call(sandbox, 'DELETE', 'delivery');
  await user.createAccount('shop');
  await sandbox.settled();
  expect(pushed).toBe(1);
  const first = await call(sandbox, 'GET', 'deliveries?limit=1');
  expect(first.body).toMatchObject({ deliveries: [{ status: 'dropped' }], next: 1 });
  const rest = await call(sandbox, 'GET', `deliveries?after=${first.body.next}`);
  expect(rest.body).toMatchObject({ deliveries: [{ status: 'delivered' }], next: 2 });
  expect((await call(sandbox, 'GET', 'deliveries?after=2')).body).toEqual({
    deliveries: [],
    next: 2,
  });
});

test('a service is as never activated, until it is', async () => {
  const sandbox = await start();
  const off = await call(sandbox, 'POST', 'activation', {
    service: 'event-bridge',
    activated: false,
  });
  expect(off.body).toEqual({ notActivated: ['event-bridge'] });
  expect(sandbox.world.activation.isActivated('event-bridge')).toBe(false);
  expect((await call(sandbox, 'GET', 'activation')).body).toEqual(off.body);
  await call(sandbox, 'POST', 'activation', { service: 'event-bridge', activated: true });
  expect(sandbox.world.activation.notActivated()).toEqual([]);
  const unknown = { service: 'config', activated: false };
  expect((await call(sandbox, 'POST', 'activation', unknown)).status).toBe(400);
});

test('quotas are switched off and on, for all operations or one', async () => {
  const sandbox = await start();
  const quota = { calls: 1, windowMs: 1000 };
  const take = () => sandbox.world.quotas.take('1', 'config', 'GetAggregator', quota);
  expect([take(), take()]).toEqual([true, false]);
  await call(sandbox, 'POST', 'quotas', { enabled: false });
  expect(take()).toBe(true);
  const one = { service: 'config', operation: 'GetAggregator' };
  expect((await call(sandbox, 'POST', 'quotas', { enabled: true, ...one })).body).toEqual({
    enabled: false,
    operations: [{ ...one, enabled: true }],
  });
  expect(take()).toBe(false);
  await call(sandbox, 'POST', 'quotas', { enabled: true });
  expect((await call(sandbox, 'GET', 'quotas')).body).toEqual({ enabled: true, operations: [] });
});

test('the journal shows calls, by a filter and by pages; who looks is not in it', async () => {
  const sandbox = await start({ journalSize: 4, members: 1 });
  const user = createDirectoryUser(sandbox);
  await call(sandbox, 'POST', 'clock', { advanceMs: 1 });
  await user.createAccount('shop');
  await user.createAccount('shop').catch(() => {});
  await call(sandbox, 'GET', 'health');
  const all = await call(sandbox, 'GET', 'journal');
  expect(all.body).toMatchObject({
    entries: [
      { number: 1, service: 'sandbox', operation: 'POST /sandbox/clock', status: 200 },
      { number: 2, service: 'resource-manager', operation: 'CreateResourceAccount', status: 200 },
      { number: 3, errorCode: 'InvalidParameter.Account.DisplayName.AlreadyUsed' },
    ],
    next: 3,
    oldest: 1,
  });
  const page = async (query: string) => {
    const { entries, next } = (await call(sandbox, 'GET', `journal?${query}`)).body as {
      entries: { number: number }[];
      next: number;
    };
    return [entries.map(({ number }) => number), next];
  };
  expect(await page('limit=2')).toEqual([[1, 2], 2]);
  expect(await page('after=2&limit=2')).toEqual([[3], 3]);
  expect(await page('service=sandbox')).toEqual([[1], 3]);
  expect(await page('service=resource-manager&limit=1')).toEqual([[2], 2]);
  expect(await page('status=200&operation=CreateResourceAccount')).toEqual([[2], 3]);
  expect(await page(`accountId=${sandbox.managementAccountId}&after=2`)).toEqual([[3], 3]);
  expect(await page('errorCode=NoSuch')).toEqual([[], 3]);
  for (const name of ['a1', 'a2', 'a3']) await user.createAccount(name);
  expect((await call(sandbox, 'GET', 'journal')).body).toMatchObject({ oldest: 3, next: 6 });
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
  const sandbox = await start({ speed: 0 });
  const before = sandbox.world.clock.now();
  const answer = await call(sandbox, method, path, body);
  expect(answer.status).toBe(400);
  expect(answer.body.message).toContain(place);
  expect(sandbox.world.clock.now()).toBe(before);
});

test('what is no JSON, and what is too much of it', async () => {
  const sandbox = await start();
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
  const sandbox = await start();
  expect(await call(sandbox, 'POST', 'accounts', {})).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('/sandbox/faults') },
  });
  expect(await call(sandbox, 'PUT', 'clock', {})).toMatchObject({
    status: 405,
    body: { message: '/sandbox/clock takes only GET, POST.' },
  });
});

afterAll(async () => {
  // Every operation of the description has answered here, as it says.
  const sandbox = await createSandbox();
  const { paths } = await description(sandbox);
  await sandbox.close();
  const ids = Object.values(paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(ids.filter((id) => !seen.has(id))).toEqual(['getDescription']);
});
