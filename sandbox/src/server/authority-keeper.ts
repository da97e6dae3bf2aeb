import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CertificateAuthority, KeyedCertificate } from './certificate-authority.ts';

/** What clients have to trust before they reach the sandbox by the cloud's names over TLS. */
export interface TrustedCertificate {
  /** Path of the certificate, in PEM. */
  readonly file: string;
  /** The same, in PEM. */
  readonly certificate: string;
}

export interface AuthorityKeeper {
  /** Made when it is first asked for: most sandboxes never are. Rejects for files that don't fit. */
  open(): Promise<CertificateAuthority>;
  /** The same, for clients. */
  trusted(): Promise<TrustedCertificate>;
  /** Removes what it has written for this sandbox only. */
  close(): Promise<void>;
}

/**
 * With a file, the certificate is kept there and its key in `{file}.key`, and both are used again.
 * Without, the certificate is in a temporary file while the sandbox runs, and its key nowhere.
 */
export function keepAuthority(file?: string): AuthorityKeeper {
  let opening: Promise<CertificateAuthority & TrustedCertificate> | undefined;
  let temporaryFolder: string | undefined;

  async function openOnce(): Promise<CertificateAuthority & TrustedCertificate> {
    // It loads an ASN.1 library, which takes as long as the rest of a start.
    const { newAuthority, openAuthority } = await import('./certificate-authority.ts');
    if (file !== undefined) {
      const kept = await loadOrMake(resolve(file), newAuthority);
      return { ...openAuthority(kept), file: resolve(file) };
    }
    const made = newAuthority();
    temporaryFolder = await mkdtemp(join(tmpdir(), 'alibaba-cloud-sandbox-'));
    const written = join(temporaryFolder, 'ca.pem');
    await writeFile(written, made.certificate);
    return { ...openAuthority(made), file: written };
  }

  function open(): Promise<CertificateAuthority & TrustedCertificate> {
    opening ??= openOnce();
    return opening;
  }

  return {
    open,
    async trusted() {
      const { file: path, certificate } = await open();
      return { file: path, certificate };
    },
    async close() {
      await opening?.catch(() => {});
      if (temporaryFolder !== undefined)
        await rm(temporaryFolder, { recursive: true, force: true });
    },
  };
}

async function loadOrMake(file: string, make: () => KeyedCertificate): Promise<KeyedCertificate> {
  const keyFile = `${file}.key`;
  const [lacking, ...more] = [file, keyFile].filter((path) => !existsSync(path));
  if (lacking === undefined) {
    return {
      certificate: await readFile(file, 'utf8'),
      key: await readFile(keyFile, 'utf8'),
    };
  }
  if (more.length === 0) throw new Error(`${lacking} is missing; what belongs to it is there.`);
  const made = make();
  await writeFile(keyFile, made.key, { mode: 0o600, flag: 'wx' });
  await writeFile(file, made.certificate, { flag: 'wx' });
  return made;
}
