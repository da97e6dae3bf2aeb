/** The sandbox as a proxy: hosts of the cloud, over TLS and without. Whole programs: `clients.test.ts`. */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { get } from 'node:https';
import { connect as connectTls } from 'node:tls';
import Core from '@alicloud/pop-core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from './index.ts';
import { openSecureTunnel, openTunnel, SandboxAgent } from './testing/proxied.ts';

const CONFIG = 'config.cn-shanghai.aliyuncs.com';

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ speed: 0, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** pop-core, which is told of its proxy by an agent. */
async function popCore(sandbox: Sandbox, host: string, apiVersion = '2019-01-08') {
  const { certificate } = await sandbox.certificateAuthority();
  const core = new Core({ ...sandbox.credentials, endpoint: `https://${host}`, apiVersion });
  const agent = new SandboxAgent(sandbox.endpoint, certificate);
  return (operation: string): Promise<unknown> =>
    core.request(operation, {}, { method: 'POST', agent, timeout: 5000 });
}

/** `GET` with its whole URL: the status and the body. */
function getProxied(sandbox: Sandbox, url: string): Promise<[number | undefined, string]> {
  const { hostname, port } = new URL(sandbox.endpoint);
  return new Promise((resolve, reject) => {
    const sent = request({ host: hostname, port, path: url, headers: { host: 'ignored' } });
    sent.once('error', reject);
    sent.once('response', async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      resolve([response.statusCode, body]);
    });
    sent.end();
  });
}

test('a signed call over TLS reaches the service at its host', async () => {
  const sandbox = await start({ config: { organization: 'on' } });
  const call = await popCore(sandbox, CONFIG);
  expect(await call('DescribeConfigurationRecorder')).toMatchObject({
    ConfigurationRecorder: { OrganizationEnableStatus: 'REGISTERED' },
  });
  expect(sandbox.journal.entries()).toMatchObject([
    {
      service: 'config',
      checked: [
        { what: 'signature', passed: true },
        { what: 'quota', passed: true },
        { what: 'permission', passed: true },
      ],
    },
  ]);
});

test('a host that no service has, a service at another’s host, a service that was not chosen', async () => {
  const sandbox = await start({ services: ['config', 'log-service'] });
  const refused = async (host: string, version?: string) =>
    (await popCore(sandbox, host, version))('ListAccounts').then(
      () => 'answered',
      (error) => `${error.code}: ${error.message}`,
    );
  expect(await refused('sts.aliyuncs.com')).toMatch(
    /^SandboxUnknownHost: No service of the sandbox is at sts\.aliyuncs\.com; its region is cn-hangzhou\./,
  );
  expect(await refused('cn-beijing.log.aliyuncs.com')).toMatch(/^SandboxUnknownHost: .*cn-beijing/);
  expect(await refused('ram.aliyuncs.com')).toMatch(/^SandboxUnknownHost: .*ram\.aliyuncs\.com/);
  expect(await refused('cn-hangzhou.log.aliyuncs.com')).toMatch(
    /^SandboxWrongHost: cn-hangzhou\.log\.aliyuncs\.com is the host of log-service: this is a call of config\./,
  );
  expect(await refused(CONFIG, '2020-03-31')).toMatch(
    /^SandboxWrongHost: .* is the host of config: the sandbox knows no such call of it\./,
  );
  expect(sandbox.journal.entries()).toHaveLength(5);
});

test('a whole URL: hosts of the cloud and of the sandbox itself, and nothing is passed on', async () => {
  const sandbox = await start();
  const health = `${sandbox.endpoint}/sandbox/health`;
  expect(await getProxied(sandbox, health)).toEqual([
    200,
    expect.stringContaining('"status":"ok"'),
  ]);
  expect(await getProxied(sandbox, 'http://example.com/sandbox/health')).toEqual([
    404,
    expect.stringContaining('No service of the sandbox is at example.com'),
  ]);
  const version = 'Version=2019-01-08&Action=DescribeConfigurationRecorder';
  expect(await getProxied(sandbox, `http://${CONFIG}/?${version}`)).toEqual([
    400,
    expect.stringContaining(`"HostId":"${CONFIG}"`),
  ]);
  expect(await getProxied(sandbox, `http://ram.aliyuncs.com?${version}`)).toEqual([
    404,
    expect.stringContaining('ram.aliyuncs.com is the host of access-management'),
  ]);
});

test.each(['example.com:443', `${CONFIG}:8443`, '127.0.0.1:22', 'aliyuncs.com.example.com:443'])(
  'no tunnel to %s',
  async (target) => {
    const sandbox = await start();
    await expect(openTunnel(sandbox.endpoint, target)).rejects.toThrow(
      `403 The sandbox is no proxy to ${target}`,
    );
  },
);

test('a tunnel to port 80 carries HTTP as it is', async () => {
  const sandbox = await start();
  const socket = await openTunnel(sandbox.endpoint, `${CONFIG}:80`);
  socket.write(`GET /?Version=2019-01-08 HTTP/1.1\r\nhost: ${CONFIG}\r\nconnection: close\r\n\r\n`);
  let received = '';
  for await (const chunk of socket) received += chunk;
  expect(received).toContain(`"HostId":"${CONFIG}"`);
});

test('a client that does not trust the file of its certificate breaks off', async () => {
  const sandbox = await start();
  const { certificate, file } = await sandbox.certificateAuthority();
  expect(existsSync(file)).toBe(true);
  const socket = await openSecureTunnel(sandbox.endpoint, CONFIG, certificate);
  expect(socket.getPeerCertificate().subjectaltname).toBe(`DNS:${CONFIG}`);
  socket.destroy();
  const tunnel = await openTunnel(sandbox.endpoint, `${CONFIG}:443`);
  const untrusting = connectTls({ socket: tunnel, servername: CONFIG });
  await expect(
    new Promise((_resolve, reject) => untrusting.once('error', reject)),
  ).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  await sandbox.close();
  expect(existsSync(file)).toBe(false);
});

test('a link to an object is at the bucket’s host for who came by one of the cloud', async () => {
  const sandbox = await start();
  const { certificate } = await sandbox.certificateAuthority();
  const object = { bucket: 'fc-code', key: 'a/b' };
  sandbox.objectStorage.put(object, Buffer.from('code'));
  const url = sandbox.objectStorage.signedUrl('fcv3.cn-hangzhou.aliyuncs.com:443', object, 60);
  expect(url).toMatch(/^https:\/\/fc-code\.oss-cn-hangzhou\.aliyuncs\.com\/a\/b\?/);
  const body = await new Promise((resolve, reject) => {
    const agent = new SandboxAgent(sandbox.endpoint, certificate);
    get(url, { agent }, (response) => response.once('data', resolve)).once('error', reject);
  });
  expect(String(body)).toBe('code');
});

test('faults of the network go past TLS', async () => {
  const sandbox = await start();
  const call = await popCore(sandbox, CONFIG);
  const fault = (kind: 'cut-body' | 'empty-500' | 'reset') =>
    sandbox.faults.add({
      service: 'config',
      operation: 'DescribeConfigurationRecorder',
      effect: { kind },
      when: { first: 1 },
    });
  fault('reset');
  await expect(call('DescribeConfigurationRecorder')).rejects.toMatchObject({ code: 'ECONNRESET' });
  fault('cut-body');
  await expect(call('DescribeConfigurationRecorder')).rejects.toBeDefined();
  fault('empty-500');
  await expect(call('DescribeConfigurationRecorder')).rejects.toMatchObject({
    name: 'SyntaxError',
  });
  await expect(call('DescribeConfigurationRecorder')).rejects.toMatchObject({
    code: 'AccountNotExisted',
  });
});

test('closing ends tunnels, in whatever state they are', async () => {
  const sandbox = await createSandbox({ speed: 0 });
  const { certificate } = await sandbox.certificateAuthority();
  const sockets = [
    await openTunnel(sandbox.endpoint, `${CONFIG}:443`),
    await openTunnel(sandbox.endpoint, `${CONFIG}:80`),
    await openSecureTunnel(sandbox.endpoint, CONFIG, certificate),
  ];
  const closed = vi.fn();
  for (const socket of sockets) {
    socket.on('error', () => {});
    socket.once('close', closed);
    socket.resume();
  }
  await sandbox.close();
  await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(sockets.length));
});
