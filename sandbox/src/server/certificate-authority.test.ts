import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { keepAuthority } from './authority-keeper.ts';
import { newAuthority, openAuthority } from './certificate-authority.ts';

const keyed = newAuthority();
const authority = openAuthority(keyed);

/** What a client that trusts nothing else says of it: nothing, or why not. */
function trustIn(servername: string): Promise<string | undefined> {
  const server = createServer({
    SNICallback: (name, done) => done(null, authority.contextOf(name)),
  });
  onTestFinished(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const client = connect({ port, servername, ca: keyed.certificate }, () => {
        resolve(undefined);
        client.destroy();
      });
      client.once('error', ({ message }) => resolve(message));
    });
  });
}

test('clients trust it for hosts of the cloud, and for no others', async () => {
  expect(await trustIn('ros.aliyuncs.com')).toBeUndefined();
  expect(await trustIn('audit.cn-hangzhou.log.aliyuncs.com')).toBeUndefined();
  expect(await trustIn('example.com')).toBe('permitted subtree violation');
  expect(await trustIn('aliyuncs.com.example.com')).toBe('permitted subtree violation');
});

test('each has a name of its own, so that two of them are told apart', () => {
  const subjects = [keyed, newAuthority()].map(
    ({ certificate }) => new X509Certificate(certificate).subject,
  );
  expect(new Set(subjects).size).toBe(2);
  expect(() => openAuthority({ ...keyed, key: newAuthority().key })).toThrow(
    'The key is not that of the certificate.',
  );
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sandbox-ca-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('a file keeps it: made once, used again, its key for its owner only', async () => {
  const file = join(folder(), 'ca.pem');
  const first = keepAuthority(file);
  const { certificate } = await first.open();
  await first.close();
  expect(readFileSync(file, 'utf8')).toBe(certificate);
  expect(statSync(`${file}.key`).mode & 0o777).toBe(0o600);
  expect(await keepAuthority(file).trusted()).toEqual({ file, certificate });
});

test('half of it is refused, and nothing is written over', async () => {
  const file = join(folder(), 'ca.pem');
  writeFileSync(file, keyed.certificate);
  await expect(keepAuthority(file).open()).rejects.toThrow(`${file}.key is missing`);
  writeFileSync(`${file}.key`, newAuthority().key);
  await expect(keepAuthority(file).open()).rejects.toThrow('The key is not that of');
  expect(readFileSync(file, 'utf8')).toBe(keyed.certificate);
});
