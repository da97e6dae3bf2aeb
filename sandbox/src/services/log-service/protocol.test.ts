import { GetLogsRequest } from '@alicloud/sls20201230';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RawRequest, sendRaw } from '../../testing/log-service-raw.ts';
import { LINE, type LogSandbox, nowS, startLogSandbox } from '../../testing/log-service-sandbox.ts';
import type { Credentials, PolicyDocument } from '../../world/identities.ts';

let sandbox: LogSandbox;
beforeEach(async () => {
  sandbox = await startLogSandbox();
  sandbox.service.createIndex('audit', 'results', { line: LINE });
});
afterEach(() => sandbox.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const group = () => ({ logs: [{ timestamp: nowS(), content: { a: '1' } }] });
const write = (credentials?: Credentials) =>
  sandbox.writer(credentials).postLogStoreLogs('audit', 'results', group());
const stored = () => sandbox.service.entries('audit', 'results');

const raw = (more: Partial<RawRequest> = {}) =>
  sendRaw({
    port: sandbox.port,
    method: 'GET',
    path: '/logstores/results',
    credentials: sandbox.credentials,
    ...more,
  });

const ALLOW_WRITE: PolicyDocument = {
  Version: '1',
  Statement: [
    {
      Effect: 'Allow',
      Action: 'log:PostLogStoreLogs',
      Resource: 'acs:log:cn-hangzhou:1234567890123456:project/audit/logstore/results',
    },
  ],
};

describe('signatures', () => {
  it('let in what is signed, with hmac-sha1 and hmac-sha256', async () => {
    await write();
    expect((await sandbox.sls().getLogStore('audit', 'results')).statusCode).toBe(200);
    expect((await raw()).status).toBe(200);
  });

  it('refuse a wrong secret, and never show a signature', async () => {
    const credentials = { ...sandbox.credentials, accessKeySecret: 'wrong' };
    await expect(sandbox.sls(credentials).getProject('audit')).rejects.toMatchObject({
      code: 'SignatureNotMatch',
      message: expect.stringMatching(/^SignatureNotMatch: Signature is not matched\.$/),
    });
    await expect(write(credentials)).rejects.toEqual(code('SignatureNotMatch'));
    expect(stored()).toEqual([]);
  });

  it('refuse an unknown key', async () => {
    const credentials = { ...sandbox.credentials, accessKeyId: 'LTAIunknown' };
    await expect(sandbox.sls(credentials).getProject('audit')).rejects.toEqual(
      code('Unauthorized'),
    );
  });

  it.each([
    ['a header', { tampered: { 'x-log-bodyrawsize': '7' } }],
    ['a header that was added', { tampered: { 'x-log-extra': '1' } }],
    ['the content type', { tampered: { 'content-type': 'text/plain' } }],
  ])('cover %s', async (_name, more) => {
    expect(await raw(more)).toMatchObject({ status: 401, errorCode: 'SignatureNotMatch' });
  });

  it('cover the query', async () => {
    const signed = { path: '/logstores?offset=0&size=1' };
    expect((await raw(signed)).status).toBe(200);
    expect((await raw({ path: '/logstores?size=1&offset=0' })).errorCode).toBe('SignatureNotMatch');
  });

  it('cover the body through Content-MD5', async () => {
    const body = Buffer.from('abc');
    const put = { method: 'POST', path: '/logstores/results/shards/lb', body };
    const wrong = await raw({ ...put, headers: { 'content-md5': 'A'.repeat(32) } });
    expect(wrong).toMatchObject({ status: 400, errorCode: 'ParameterInvalid' });
    expect(wrong.errorMessage).toContain('content-md5');
    const none = await raw({ ...put, headers: { 'content-md5': undefined } });
    expect(none.errorMessage).toContain('content-md5');
    const ofNothing = await raw({ headers: { 'content-md5': 'A'.repeat(32) } });
    expect(ofNothing).toMatchObject({ status: 400, errorCode: 'ParameterInvalid' });
    expect((await raw({ headers: { 'content-md5': undefined } })).status).toBe(200);
  });

  it('take x-log-date in place of Date', async () => {
    const xLogDate = new Date().toUTCString();
    // The raw signer puts `date` into the string, so both say the same here; Date then changes.
    const answer = await raw({
      headers: { 'x-log-date': xLogDate, date: xLogDate },
      tampered: { date: 'Mon, 09 Nov 2015 06:11:16 GMT' },
    });
    expect(answer.status).toBe(200);
  });

  it.each([
    [
      'a time 16 minutes off',
      { date: new Date(Date.now() - 960_000).toUTCString() },
      'RequestTimeExpired',
    ],
    ['a time ahead', { date: new Date(Date.now() + 960_000).toUTCString() }, 'RequestTimeExpired'],
    ['a time of another form', { date: new Date().toISOString() }, 'InvalidRequestTime'],
    ['no time', { date: undefined }, 'MissingDate'],
    ['no version', { 'x-log-apiversion': undefined }, 'MissingAPIVersion'],
    ['another version', { 'x-log-apiversion': '0.4.0' }, 'InvalidAPIVersion'],
    ['no method', { 'x-log-signaturemethod': undefined }, 'MissingSignatureMethod'],
    ['another method', { 'x-log-signaturemethod': 'hmac-md5' }, 'InvalidSignatureMethod'],
    ['no credentials', { authorization: '' }, 'MissAccessKeyId'],
    ['other credentials', { authorization: 'LOG nothing' }, 'ParameterInvalid'],
    [
      'signature v4',
      {
        authorization:
          'SLS4-HMAC-SHA256 Credential=a/20261124/cn/sls/aliyun_v4_request,Signature=b',
      },
      'InvalidSignatureMethod',
    ],
    ['a strange host', { host: 'audit.example.com' }, 'InvalidHost'],
    ['a host without a project', { host: '127.0.0.1' }, 'InvalidHost'],
  ])('refuse %s', async (_name, headers, expected) => {
    expect((await raw({ headers })).errorCode).toBe(expected);
  });

  it('are judged by the real time, however far the sandbox clock has gone', async () => {
    sandbox.world.clock.advance(30 * 86_400_000);
    await write();
    expect(stored()).toHaveLength(1);
  });

  it.each([
    'audit.cn-hangzhou.log.aliyuncs.com',
    'audit.cn-hangzhou-intranet.log.aliyuncs.com',
    'AUDIT.127.0.0.1:443',
    'audit.localhost',
    'audit.sandbox:8420',
    'audit.sandbox@127.0.0.1:8420',
  ])('name the project in Host: %s', async (host) => {
    expect((await raw({ headers: { host } })).status).toBe(200);
  });
});

describe('temporary credentials', () => {
  it('write with their token', async () => {
    const credentials = sandbox.assume(ALLOW_WRITE);
    await write(credentials);
    expect(stored()).toHaveLength(1);
  });

  it('are refused without it, with another one, and when expired', async () => {
    const { accessKeyId, accessKeySecret, securityToken } = sandbox.assume(ALLOW_WRITE);
    await expect(write({ accessKeyId, accessKeySecret })).rejects.toEqual(code('Unauthorized'));
    await expect(
      write({ accessKeyId, accessKeySecret, securityToken: 'other' }),
    ).rejects.toMatchObject({ message: 'The security token you provided is invalid.' });
    sandbox.world.clock.advance(3_600_001);
    await expect(
      write({ accessKeyId, accessKeySecret, securityToken: securityToken ?? '' }),
    ).rejects.toMatchObject({ message: 'The security token you provided has expired.' });
    expect(stored()).toEqual([]);
  });

  it('may do what their policy says and nothing else', async () => {
    const credentials = sandbox.assume(ALLOW_WRITE);
    const request = new GetLogsRequest({ from: 1, to: 2 });
    await expect(
      sandbox.sls(credentials).getLogs('audit', 'results', request),
    ).rejects.toMatchObject({
      code: 'Unauthorized',
      message: expect.stringContaining(
        'denied by sts or ram, action: log:GetLogStoreLogs, resource: ' +
          'acs:log:cn-hangzhou:1234567890123456:project/audit/logstore/results',
      ),
    });
    sandbox.service.createLogstore('audit', 'other');
    await expect(
      sandbox.writer(credentials).postLogStoreLogs('audit', 'other', group()),
    ).rejects.toEqual(code('Unauthorized'));
  });

  it('of another account are refused, root or not', async () => {
    const foreign = sandbox.world.identities.createAccessKey('9999999999999999');
    await expect(write(foreign)).rejects.toEqual(code('Unauthorized'));
  });
});

describe('what is not modelled', () => {
  it('is refused by name', async () => {
    await expect(sandbox.sls().getMachineGroup('audit', 'machines')).rejects.toMatchObject({
      code: 'SandboxUnsupportedOperation',
      message: expect.stringContaining('GET /machinegroups/machines'),
    });
    expect(sandbox.world.journal.count('log-service', 'GET /machinegroups/machines')).toBe(1);
    expect((await raw({ path: '/dashboards' })).errorCode).toBe('SandboxUnsupportedOperation');
  });

  it.each([
    '//logstores/results',
    '/logstores//results',
    '/logstores/results/',
    '/logstores/',
    '//',
  ])('is refused by name: the path %s', async (path) => {
    expect(await raw({ path })).toMatchObject({
      errorCode: 'SandboxUnsupportedOperation',
      errorMessage: `The sandbox does not model GET ${path} of Log Service.`,
    });
  });

  it.each(['x-log-compresstype', 'x-log-mode', 'x-acs-resource-group'])(
    'is refused by name: the header %s',
    async (name) => {
      expect(await raw({ headers: { [name]: 'x' } })).toMatchObject({
        errorCode: 'SandboxUnsupportedParameter',
        errorMessage: `The sandbox does not model the header ${name} of GetLogStore.`,
      });
    },
  );
});
