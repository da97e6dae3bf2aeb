import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { handler } from '../../functions/onboard-account.ts';
import { createdEvent } from '../support/workflows/account-events.ts';
import { MANAGEMENT_ACCOUNT_ID } from '../support/workflows/fake-ports.ts';

/** Refuses everything and remembers whose token it came with. */
async function serverOfRefusals() {
  const tokens = new Set<string>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const token =
        new URLSearchParams(body).get('SecurityToken') ?? request.headers['x-acs-security-token'];
      tokens.add(String(token));
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ Code: 'NoPermission', Message: 'No.', RequestId: 'r' }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, tokens };
}

const contextWith = (securityToken: string) => ({
  requestId: 'request',
  accountId: MANAGEMENT_ACCOUNT_ID,
  region: 'cn-hangzhou',
  credentials: { accessKeyId: 'STS.key', accessKeySecret: 'secret', securityToken },
  function: { timeout: 1 },
});

test('every invocation uses its own credentials: those of the one before may have ended', async () => {
  const { endpoint, tokens } = await serverOfRefusals();
  for (const name of ['CONFIG_ENDPOINT', 'RESOURCE_MANAGER_ENDPOINT', 'LOG_ENDPOINT']) {
    vi.stubEnv(name, endpoint);
  }
  vi.stubEnv('LOG_PROJECT', 'onboarding');
  vi.stubEnv('LOG_STORE', 'results');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  const event = Buffer.from(JSON.stringify(createdEvent('1000000000000004')));
  for (const token of ['first', 'second']) {
    tokens.clear();
    await expect(handler(event, contextWith(token))).rejects.toThrow();
    expect([...tokens]).toEqual([token]);
  }
});

test('a function without a role says so', async () => {
  vi.stubEnv('LOG_PROJECT', 'onboarding');
  vi.stubEnv('LOG_STORE', 'results');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { credentials: _, ...context } = contextWith('none');
  await expect(handler(Buffer.from('{}'), context)).rejects.toThrow('give it a role');
});
