import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSandbox, type SandboxOptions } from './index.ts';
import { createDirectoryUser } from './testing/directory-user.ts';

async function start(options: SandboxOptions = {}) {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** A folder with these files, until the test ends. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const STACK = `
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Where: { Type: String }
Resources:
  Role:
    Type: ALIYUN::RAM::Role
    Properties:
      RoleName: worker
      AssumeRolePolicyDocument:
        Version: '1'
        Statement:
          - { Action: 'sts:AssumeRole', Effect: Allow, Principal: { Service: [fc.aliyuncs.com] } }
Outputs:
  Role: { Value: { 'Fn::GetAtt': [Role, Arn] } }
  Where: { Value: { Ref: Where } }
  Stack: { Value: { Ref: ALIYUN::StackName } }
`;
const SERVERLESS = `
edition: 3.0.0
name: sample
access: default
resources:
  worker:
    component: fc3
    props:
      region: cn-hangzhou
      functionName: worker
      runtime: nodejs20
      handler: index.handler
      code: ./code
      role: acs:ram::\${env('ACCOUNT')}:role/worker
      environmentVariables: { COLOUR: red }
`;
const CODE = 'exports.handler = async () => JSON.stringify(process.env);';

describe('what it starts with', () => {
  test('nothing, by default', async () => {
    const sandbox = await start();
    expect(sandbox.directory.accounts()).toEqual([]);
    expect(sandbox.resourceOrchestration.stacks()).toEqual([]);
    expect(sandbox.functionCompute.functionNames()).toEqual([]);
    expect(sandbox.config.organizationStatus()).toBe('REGISTRABLE');
  });

  test('folders and members', async () => {
    const { directory } = await start({
      folders: ['Production/Web', 'Sandbox'],
      members: [
        { displayName: 'shop', folder: 'Production/Web', joinedAt: '2026-01-02T03:04:05Z' },
        { displayName: 'guest', joinMethod: 'invited', accountId: '1000000000000042' },
        { displayName: 'lab', folder: 'Lab' },
      ],
    });
    const paths = directory
      .accounts()
      .map(({ displayName, folderId }) => [displayName, directory.folder(folderId)?.name]);
    expect(paths).toEqual([
      ['shop', 'Web'],
      ['guest', 'root'],
      ['lab', 'Lab'],
    ]);
    expect(directory.subfolders(directory.rootFolderId).map(({ name }) => name)).toEqual([
      'Production',
      'Sandbox',
      'Lab',
    ]);
    expect(directory.accounts()[0]?.joinedAtMs).toBe(Date.parse('2026-01-02T03:04:05Z'));
    expect(directory.account('1000000000000042')?.status).toBe('InviteSuccess');
  });

  test.each([
    [{ members: [{ displayName: 'x', joinedAt: 'soon' }] }, 'joinedAt of x'],
    [{ members: [{ displayName: 'x', accountId: '7' }] }, '16 digits'],
    [{ folders: ['a//b'] }, "between slashes: 'a//b'"],
  ])('%j is refused', async (seed, message) => {
    await expect(createSandbox(seed)).rejects.toThrow(message);
  });

  test('stacks and functions, which are told where it is', async () => {
    const folder = folderWith({
      'base.yaml': STACK,
      's.yaml': SERVERLESS,
      'code/index.js': CODE,
    });
    const sandbox = await start({
      stacks: [{ file: join(folder, 'base.yaml'), parameters: { Where: '{region}/{accountId}' } }],
      serverless: [{ file: join(folder, 's.yaml'), variables: { ACCOUNT: '{accountId}' } }],
      functionEnvironment: { API: '{endpoint}/', COLOUR: 'blue' },
    });
    expect(sandbox.resourceOrchestration.stacks()).toMatchObject([
      {
        name: 'base',
        status: 'CREATE_COMPLETE',
        outputs: { Where: 'cn-hangzhou/1000000000000001', Stack: 'base' },
      },
    ]);
    const { invocation } = await sandbox.functionCompute.invoke('worker', '');
    expect(JSON.parse(String(invocation?.result))).toMatchObject({
      API: `${sandbox.endpoint}/`,
      COLOUR: 'blue',
    });
  });

  test('a placeholder that there is none of is said, and nothing is left running', async () => {
    const folder = folderWith({ 'base.yaml': STACK });
    const stack = { file: join(folder, 'base.yaml'), parameters: { Where: '{endpont}' } };
    const before = await createSandbox();
    await before.close();
    const port = Number(new URL(before.endpoint).port);
    await expect(createSandbox({ port, stacks: [stack] })).rejects.toThrow(
      'There is no {endpont}, which Where names. Known: {endpoint}, {host}, {region}, {accountId}',
    );
    await expect(fetch(before.endpoint)).rejects.toThrow();
  });
});

describe('services that are chosen', () => {
  test('answer, and no other', async () => {
    const sandbox = await start({ services: ['config'], members: 1 });
    await expect(createDirectoryUser(sandbox).createAccount('x')).rejects.toMatchObject({
      code: 'SandboxUnknownProtocol',
    });
    const signed = { headers: { 'x-log-apiversion': '0.6.0' } };
    expect((await fetch(sandbox.endpoint, signed)).status).toBe(404);
    const fault = { effect: { kind: 'reset' }, when: { always: true } } as const;
    expect(() => sandbox.faults.add({ ...fault, service: 'log-service', operation: '*' })).toThrow(
      "There is no service 'log-service'. Known: config",
    );
    sandbox.faults.add({ ...fault, service: 'config', operation: '*' });
  });

  test('without event-bridge no event is on the bus', async () => {
    const sandbox = await start({ services: ['resource-manager'] });
    const rule = { name: 'all', pattern: { data: { eventName: [{ exists: true }] } } };
    sandbox.eventBus.addRule({ ...rule, target: { push: () => {} } });
    await createDirectoryUser(sandbox).createAccount('shop');
    await sandbox.settled();
    expect(sandbox.eventBus.deliveries()).toEqual([]);
  });
});
