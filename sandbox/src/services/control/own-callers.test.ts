import { request } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { createSandbox } from '../../index.ts';
import type { HttpRequest } from '../../server/http-service.ts';
import { refuseForeign } from './own-callers.ts';

const sandbox = await createSandbox({ speed: 0 });
afterAll(() => sandbox.close());
const { port } = new URL(sandbox.endpoint);

/** The status, and the code of a refusal. */
function call(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<readonly [number | undefined, string | undefined]> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      const { code, Code } = JSON.parse(body);
      resolve([response.statusCode, code ?? Code]);
    });
    sent.once('error', reject);
    sent.end();
  });
}

test.each(['http://example.com', 'null', `http://localhost:${port}`, `https://127.0.0.1:${port}`])(
  'a page at %s may neither write nor read',
  async (origin) => {
    sandbox.directory.addAccount({ displayName: 'shop' });
    const accounts = sandbox.directory.accounts().length;
    expect(await call('POST', '/sandbox/reset', { origin })).toEqual([403, 'ForeignOrigin']);
    expect(sandbox.directory.accounts()).toHaveLength(accounts);
    expect(await call('GET', '/sandbox/state', { origin })).toEqual([403, 'ForeignOrigin']);
  },
);

test.each([`127.0.0.1:${port}`, `localhost:${port}`, 'sandbox:8420', '[::1]:8420'])(
  'the page of the sandbox at %s may, however that is mapped to its port',
  async (host) => {
    const headers = { host, origin: `http://${host}` };
    expect(await call('POST', '/sandbox/reset', headers)).toEqual([200, undefined]);
    expect(await call('GET', '/sandbox/health', { host })).toEqual([200, undefined]);
  },
);

test.each([
  ['example.com', 403, 'ForeignHost'],
  [`sandbox.example.com:${port}`, 403, 'ForeignHost'],
  ['config.cn-shanghai.aliyuncs.com', 404, 'SandboxWrongHost'],
])(
  'a name that was made to point here, %s, is refused with its own page',
  async (host, ...refusal) => {
    const headers = { host, origin: `http://${host}` };
    expect(await call('POST', '/sandbox/reset', headers)).toEqual(refusal);
    expect(await call('GET', '/sandbox/state', { host })).toEqual(refusal);
  },
);

test('the name that it was told to listen at is its own', async () => {
  const headers = { host: 'sandbox.example.com', origin: 'http://sandbox.example.com' };
  const listening = { headers } as HttpRequest;
  expect(() => refuseForeign(listening, 'http://sandbox.example.com:8420')).not.toThrow();
  expect(() => refuseForeign(listening, 'http://127.0.0.1:8420')).toThrow(
    'Host is sandbox.example.com',
  );
});
