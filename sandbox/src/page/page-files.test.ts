import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../index.ts';

async function get(path: string, headers: Readonly<Record<string, string>>) {
  const sandbox = await createSandbox({ speed: 0 });
  onTestFinished(() => sandbox.close());
  const answer = await fetch(`${sandbox.endpoint}${path}`, { headers });
  return { answer, text: await answer.text(), calls: sandbox.journal.entries() };
}

const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('a browser gets the page, with nothing but its own scripts allowed', async () => {
  const { answer, text, calls } = await get('/', BROWSER);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = answer.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'; script-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect(text).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
  expect(calls).toEqual([]);
});

test('every file that the page names is there', async () => {
  const { text } = await get('/', BROWSER);
  const paths = [...text.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(1);
  for (const path of paths) expect((await get(path, {})).answer.status).toBe(200);
});

test.each([
  ['that takes anything', '/', { accept: '*/*' }],
  ['with parameters', '/?Action=GetAggregator&Version=1999-01-01', BROWSER],
  ['with a signature', '/', { ...BROWSER, authorization: 'NEW a:b' }],
])('a request %s is no request for the page', async (_, path, headers) => {
  const { answer, text } = await get(path, headers);
  expect(answer.status).toBe(404);
  expect(JSON.parse(text)).toMatchObject({ Code: 'SandboxUnknownProtocol' });
});

test('a service is asked before the page', async () => {
  const headers = { ...BROWSER, 'x-log-apiversion': '0.6.0' };
  const { answer, text } = await get('/', headers);
  expect(answer.status).toBe(400);
  expect(JSON.parse(text)).toHaveProperty('errorCode');
});
