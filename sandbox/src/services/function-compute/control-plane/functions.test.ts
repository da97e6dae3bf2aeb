import {
  CreateFunctionInput,
  CreateFunctionRequest,
  GetFunctionCodeRequest,
  GetFunctionRequest,
  InputCodeLocation,
  ListFunctionsRequest,
  UpdateFunctionInput,
  UpdateFunctionRequest,
} from '@alicloud/fc20230330';
import AdmZip from 'adm-zip';
import OSS from 'ali-oss';
import { beforeEach, describe, expect, it } from 'vitest';
import { eachTest } from '../../../testing/each-test.ts';
import { fc2Client, fc3Client } from '../../../testing/function-clients.ts';
import {
  ACCOUNT_ID,
  createFunctionWorld,
  REGION,
  ROLE_ARN,
} from '../../../testing/function-world.ts';
import { zipOf } from '../../../testing/zip-of.ts';

const fixture = eachTest(createFunctionWorld);

let fc3: ReturnType<typeof fc3Client>;
beforeEach(() => {
  fc3 = fc3Client(fixture.at, fixture.rootKey);
});

const SAYS = (text: string) => zipOf(`exports.handler = async () => '${text}';`);

/** As the fc3 component fills it up. */
const EMPTY = {
  vpcConfig: { securityGroupId: '', vSwitchIds: [], vpcId: '' },
  tracingConfig: {},
  ossMountConfig: { mountPoints: [] },
  nasConfig: { groupId: 0, userId: 0, mountPoints: [] },
  layers: [],
  instanceIsolationMode: 'SHARE',
  sessionAffinity: 'NONE',
};

const create = (changes: Record<string, unknown> = {}, code: Buffer | object = SAYS('hello')) =>
  fc3.sdk.createFunction(
    new CreateFunctionRequest({
      body: new CreateFunctionInput({
        functionName: 'greets',
        runtime: 'nodejs20',
        handler: 'index.handler',
        cpu: 0.35,
        memorySize: 512,
        diskSize: 512,
        timeout: 10,
        description: 'Says hello',
        role: ROLE_ARN,
        environmentVariables: { GREETING: 'hello' },
        logConfig: { project: '', logstore: '', logBeginRule: 'None' },
        ...EMPTY,
        code: new InputCodeLocation(
          Buffer.isBuffer(code) ? { zipFile: code.toString('base64') } : code,
        ),
        ...changes,
      }),
    }),
  );

const get = async (name = 'greets') =>
  (await fc3.sdk.getFunction(name, new GetFunctionRequest({}))).body;

const update = (changes: Record<string, unknown>) =>
  fc3.sdk.updateFunction(
    'greets',
    new UpdateFunctionRequest({ body: new UpdateFunctionInput(changes) }),
  );

describe('CreateFunction', () => {
  it('makes a function that runs, and that GetFunction shows', async () => {
    await create();
    expect((await fc3.invoke('greets', '')).body).toBe('hello');
    expect(await get()).toMatchObject({
      functionName: 'greets',
      functionArn: `acs:fc:${REGION}:${ACCOUNT_ID}:functions/greets`,
      description: 'Says hello',
      cpu: 0.35,
      memorySize: 512,
      timeout: 10,
      role: ROLE_ARN,
      environmentVariables: { GREETING: 'hello' },
      state: 'Active',
      lastUpdateStatus: 'Successful',
    });
  });

  it('runs every file of the package as it is', async () => {
    const zip = zipOf(`exports.handler = async () => require('./lib/word.cjs');`, {
      'lib/word.cjs': `module.exports = 'inner';`,
    });
    await create({}, zip);
    expect((await fc3.invoke('greets', '')).body).toBe('inner');
  });

  it('takes code that was uploaded, as the component uploads it', async () => {
    const { data } = await fc2Client(fixture.at, fixture.rootKey).getTempBucketToken();
    const bucket = new OSS({
      endpoint: fixture.server.endpoint,
      accessKeyId: data.credentials.AccessKeyId,
      accessKeySecret: data.credentials.AccessKeySecret,
      stsToken: data.credentials.SecurityToken,
      bucket: data.ossBucket,
      refreshSTSToken: async () => ({ accessKeyId: '', accessKeySecret: '', stsToken: '' }),
    });
    const ossObjectName = `${ACCOUNT_ID}/${data.objectName}`;
    await bucket.put(ossObjectName, SAYS('uploaded'));
    await create({}, { ossBucketName: data.ossBucket, ossObjectName });
    expect((await fc3.invoke('greets', '')).body).toBe('uploaded');
    await expect(bucket.put(`${ACCOUNT_ID}/other`, SAYS('other'))).rejects.toMatchObject({
      code: 'AccessDenied',
      status: 403,
    });
  });

  it.each<[string, Record<string, unknown>, Buffer | object, string]>([
    ['a name', { functionName: '1st' }, SAYS('x'), 'functionName'],
    ['no runtime', { runtime: undefined }, SAYS('x'), 'runtime: is required'],
    ['a memory size', { memorySize: 100 }, SAYS('x'), 'memorySize'],
    ['a ratio of processor and memory', { cpu: 2 }, SAYS('x'), 'cpu'],
    ['a time-out', { timeout: 90_000 }, SAYS('x'), 'timeout'],
    [
      'an environment over 4 KB',
      { environmentVariables: { A: 'x'.repeat(4096) } },
      SAYS('x'),
      '4 KB',
    ],
    ['a role that is not there', { role: `${ROLE_ARN}s` }, SAYS('x'), 'there is no role'],
    ['a network', { vpcConfig: { vpcId: 'vpc-1' } }, SAYS('x'), 'vpcConfig: not modelled'],
    ['what is no ZIP', {}, Buffer.from('plain text'), "the ZIP can't be used"],
    ['no code', { code: undefined }, SAYS('x'), 'code: is required'],
    ['a wrong checksum', {}, { zipFile: SAYS('x').toString('base64'), checksum: '7' }, 'checksum'],
    [
      'an object that is not there',
      {},
      { ossBucketName: 'b', ossObjectName: 'o' },
      'unable to access object o in bucket b',
    ],
  ])('refuses %s', async (_what, changes, code, message) => {
    await expect(create(changes, code)).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidArgument',
      message: expect.stringContaining(message),
    });
    expect(fixture.functionCompute.functionNames()).toEqual([]);
  });

  it('refuses a package with a path out of it, or a file that its checksum refutes', async () => {
    const outside = SAYS('x').toString('latin1').replaceAll('index.js', '../in.js');
    await expect(create({}, Buffer.from(outside, 'latin1'))).rejects.toThrow('no path inside');
    const stored = new AdmZip();
    stored.addFile('index.js', Buffer.from('exports.handler = 1;'));
    for (const entry of stored.getEntries()) entry.header.method = 0;
    const broken = stored.toBuffer().toString('latin1').replace('handler = 1', 'handler = 2');
    await expect(create({}, Buffer.from(broken, 'latin1'))).rejects.toThrow("can't be used");
  });

  it('refuses a name that is taken', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({
      statusCode: 409,
      code: 'FunctionAlreadyExists',
    });
  });
});

describe('UpdateFunction', () => {
  it('changes what is given and keeps the rest', async () => {
    await create();
    await update({ timeout: 20, ...EMPTY });
    expect(await get()).toMatchObject({ timeout: 20, memorySize: 512, description: 'Says hello' });
    expect((await fc3.invoke('greets', '')).body).toBe('hello');
  });

  it('ends what runs with the old code, and begins with the new one', async () => {
    const slow = `exports.handler = () => new Promise((r) => setTimeout(() => r('old'), 400));`;
    await create({}, zipOf(slow));
    const before = await get();
    const running = fc3.invoke('greets', '');
    await new Promise((resolve) => setTimeout(resolve, 150));
    await update({ code: { zipFile: SAYS('new').toString('base64') } });
    expect((await fc3.invoke('greets', '')).body).toBe('new');
    expect((await running).body).toBe('old');
    expect((await get())?.codeChecksum).not.toBe(before?.codeChecksum);
  });

  it('refuses a function that is not there, and what no function may be', async () => {
    await expect(update({ timeout: 20 })).rejects.toMatchObject({ code: 'FunctionNotFound' });
    await create();
    await expect(update({ memorySize: 100 })).rejects.toThrow('memorySize');
    expect(await get()).toMatchObject({ memorySize: 512 });
  });
});

it('a role is passed on only by who may: ram:PassRole', async () => {
  const allowed = (...actions: string[]) =>
    fc3Client(fixture.at, fixture.keyOf([{ Effect: 'Allow', Action: actions, Resource: '*' }]));
  fc3 = allowed('fc:CreateFunction');
  await expect(create()).rejects.toMatchObject({
    code: 'AccessDenied',
    message: expect.stringContaining(`'ram:PassRole' on resource '${ROLE_ARN}'`),
  });
  fc3 = allowed('fc:CreateFunction', 'ram:PassRole');
  await create();
});

describe('what there is', () => {
  it('is listed by name, page by page', async () => {
    for (const functionName of ['b', 'a', 'c']) await create({ functionName });
    const list = async (wanted: object) =>
      (await fc3.sdk.listFunctions(new ListFunctionsRequest(wanted))).body;
    const first = await list({ limit: 2 });
    expect(first?.functions?.map((one) => one.functionName)).toEqual(['a', 'b']);
    const { nextToken = '' } = first ?? {};
    expect((await list({ limit: 2, nextToken }))?.functions).toMatchObject([{ functionName: 'c' }]);
    expect((await list({ prefix: 'b' }))?.functions).toHaveLength(1);
  });

  it('hands its code out, byte for byte', async () => {
    const zip = SAYS('hello');
    await create({}, zip);
    const { body } = await fc3.sdk.getFunctionCode('greets', new GetFunctionCodeRequest({}));
    const download = await fetch(body?.url ?? '');
    expect(Buffer.from(await download.arrayBuffer()).equals(zip)).toBe(true);
    expect(body?.checksum).toBe((await get())?.codeChecksum);
    expect((await fetch((body?.url ?? '').replace('Signature=', 'Signature=x'))).status).toBe(403);
  });

  it('is deleted with 204, then missing', async () => {
    await create();
    expect((await fc3.sdk.deleteFunction('greets')).statusCode).toBe(204);
    await expect(get()).rejects.toMatchObject({ statusCode: 404, code: 'FunctionNotFound' });
    await expect(fc3.sdk.deleteFunction('greets')).rejects.toMatchObject({
      code: 'FunctionNotFound',
    });
  });
});
