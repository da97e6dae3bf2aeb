/** Credentials that are not of the environment, from stand-ins of the hosts that give them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../sandbox/src/index.ts';
import { runCli } from '../support/cli/process.ts';

const STAND_IN_HOSTS = fileURLToPath(new URL('../support/cli/stand-in-hosts.cjs', import.meta.url));

interface Asked {
  readonly host: unknown;
  readonly what: string;
  readonly token: unknown;
  readonly form: Readonly<Record<string, string>>;
}

/** A sandbox, and a server that answers for the hosts in front of it with its root key. */
async function world(answer: (asked: Asked, key: object) => object | string) {
  const sandbox = await createSandbox({ members: 1 });
  const seen: Asked[] = [];
  const { accessKeyId, accessKeySecret } = sandbox.credentials;
  const key = {
    AccessKeyId: accessKeyId,
    AccessKeySecret: accessKeySecret,
    SecurityToken: sandbox.credentials.securityToken ?? 'none',
    Expiration: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const server = createServer(async (request, response) => {
    const asked = {
      host: request.headers['x-meant-for'],
      what: `${request.method} ${request.url?.split('?')[0]}`,
      token: request.headers['x-aliyun-ecs-metadata-token'],
      form: Object.fromEntries(new URLSearchParams(await text(request))),
    };
    seen.push(asked);
    const said = answer(asked, key);
    if (typeof said === 'object' && 'Message' in said) response.statusCode = 400;
    response.end(typeof said === 'string' ? said : JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.close();
    await sandbox.close();
  });
  const { port } = server.address() as AddressInfo;
  const environment = {
    ...Object.fromEntries(
      ['CONFIG', 'FC', 'LOG', 'RESOURCE_MANAGER', 'ROS'].map((name) => [
        `${name}_ENDPOINT`,
        sandbox.endpoint,
      ]),
    ),
    STAND_IN: `http://127.0.0.1:${port}`,
    NODE_OPTIONS: `--require ${STAND_IN_HOSTS}`,
  };
  return { sandbox, environment, seen, key };
}

test("of this machine's RAM role: its name, a token, then the credentials", async () => {
  const { environment, seen } = await world(({ what }, key) => {
    if (what === 'PUT /latest/api/token') return 'metadata-token';
    return what.endsWith('/security-credentials/') ? 'auditor' : { Code: 'Success', ...key };
  });
  const { stderr } = await runCli(['status'], {
    ...environment,
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'false',
  });
  expect(stderr).toContain("credentials of this machine's RAM role, sandbox at");
  expect(new Set(seen.map(({ host }) => host))).toEqual(new Set(['100.100.100.200']));
  expect(seen.at(-1)).toMatchObject({
    what: 'GET /latest/meta-data/ram/security-credentials/auditor',
    token: 'metadata-token',
  });
});

test('of an OIDC role: the token of the file is exchanged, and goes nowhere else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onboard-oidc-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'token');
  await writeFile(file, 'the-token-of-the-pod');
  const { environment, seen } = await world((_, key) => ({ Credentials: key }));
  const { stdout, stderr } = await runCli(['status'], {
    ...environment,
    ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1000000000000001:role/auditor',
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'acs:ram::1000000000000001:oidc-provider/cluster',
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: file,
  });
  expect(stderr).toContain('credentials of an OIDC role, sandbox at');
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({
    host: 'sts.aliyuncs.com',
    form: {
      OIDCToken: 'the-token-of-the-pod',
      RoleArn: 'acs:ram::1000000000000001:role/auditor',
      OIDCProviderArn: 'acs:ram::1000000000000001:oidc-provider/cluster',
    },
  });
  expect(stdout + stderr).not.toContain('the-token-of-the-pod');
});

test('a role that is refused: the code of the service is said, nothing of its message', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'onboard-oidc-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'token');
  await writeFile(file, 'a-token');
  const { environment } = await world(() => ({
    Code: 'AuthenticationFail.OIDCToken.Expired',
    Message: 'a-token is over.',
  }));
  const { code, stderr } = await runCli(['status'], {
    ...environment,
    ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1000000000000001:role/auditor',
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'acs:ram::1000000000000001:oidc-provider/cluster',
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: file,
  });
  expect(code).toBe(1);
  expect(stderr).toContain('No credentials were found (AuthenticationFail.OIDCToken.Expired): set');
  expect(stderr).not.toContain('a-token');
});
