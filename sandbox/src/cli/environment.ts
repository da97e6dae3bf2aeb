import { writeFile } from 'node:fs/promises';
import { fillIn } from '../deployment/placeholders.ts';
import type { Sandbox } from '../sandbox.ts';

/**
 * What a program needs to find the sandbox, as lines that shells and .env readers take alike. `more`
 * may name `{endpoint}`, `{host}`, `{region}` and `{accountId}`; `isProxy` adds what makes SDKs take the
 * sandbox for their proxy. Rejects for a value that can't be quoted for both.
 */
export async function environmentLines(
  sandbox: Sandbox,
  { more = {}, isProxy = false }: { more?: Readonly<Record<string, string>>; isProxy?: boolean },
): Promise<string> {
  const { endpoint, region, managementAccountId: accountId, credentials } = sandbox;
  const { host } = new URL(endpoint);
  const values = {
    SANDBOX_ENDPOINT: endpoint,
    // `@alicloud/sls20201230` puts the project before it, and still connects to what follows the @.
    SANDBOX_LOG_ENDPOINT: `sandbox@${host}`,
    SANDBOX_ACCOUNT_ID: accountId,
    ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret,
    ALIBABA_CLOUD_REGION_ID: region,
    ...(isProxy ? await sandbox.proxyEnvironment() : {}),
    ...fillIn(more, { endpoint, host, region, accountId }),
  };
  return Object.entries(values)
    .map(([name, value]) => `export ${checkedName(name)}=${quoted(name, value)}\n`)
    .join('');
}

/** For its owner only: it holds a secret, if one that is good for nothing else. */
export async function writeEnvironmentFile(path: string, lines: string): Promise<void> {
  await writeFile(path, lines, { mode: 0o600 });
}

function checkedName(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return name;
  throw new RangeError(`${name} is no name of an environment variable.`);
}

function quoted(name: string, value: string): string {
  if (/^[\w.,:/@%+=-]*$/.test(value)) return value;
  // Within single quotes neither kind of reader takes anything but a quote or a new line specially.
  if (!/['\n\r]/.test(value)) return `'${value}'`;
  throw new RangeError(`The value of ${name} has a quote or a line break in it.`);
}
