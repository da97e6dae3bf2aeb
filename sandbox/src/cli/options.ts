import { parseArgs } from 'node:util';
import type { SandboxOptions } from '../index.ts';

export const USAGE = `alibaba-cloud-sandbox [options]

Parts of Alibaba Cloud on one loopback port, until it is stopped.

  --port N        the port; 0 is any free one (default 8420)
  --host HOST     the address to listen at (default 127.0.0.1)
  --region ID     (default cn-hangzhou)
  --account ID    the management account, 16 digits (default 1000000000000001)
  --members N     members of the directory from the start (default 0)
  --speed X       how many times faster than real time its clock goes (default 1)
  --version, --help
`;

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'start'; readonly sandbox: SandboxOptions };

/** What was typed is wrong; the message says what, and what there is instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  account: { type: 'string' },
  help: { type: 'boolean' },
  host: { type: 'string' },
  members: { type: 'string' },
  port: { type: 'string' },
  region: { type: 'string' },
  speed: { type: 'string' },
  version: { type: 'boolean' },
} as const;

/** Throws a `UsageError`. */
export function parseCommand(args: readonly string[]): Command {
  const values = valuesOf(args);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const { account, host, members, region, speed } = values;
  if (account !== undefined && !/^\d{16}$/.test(account)) {
    throw new UsageError(`--account has to be 16 digits: ${account}`);
  }
  return {
    kind: 'start',
    sandbox: {
      port: wholeNumber('--port', values.port ?? '8420', 65_535),
      ...(host === undefined ? {} : { host }),
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { managementAccountId: account }),
      ...(members === undefined ? {} : { members: wholeNumber('--members', members, 100_000) }),
      ...(speed === undefined ? {} : { speed: number('--speed', speed) }),
    },
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
  } catch (error) {
    // Only its first sentence is about what was typed.
    const [what] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UsageError(`${what?.replace(/\.$/, '')}.`);
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`${name} has to be a whole number from 0 to ${most}: ${text}`);
}

function number(name: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new UsageError(`${name} has to be a number from 0 on: ${text}`);
}
