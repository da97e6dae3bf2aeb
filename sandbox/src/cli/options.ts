import { parseArgs } from 'node:util';
import type { SandboxOptions } from '../options.ts';
import { SERVICE_NAMES, serviceNamed } from '../services/names.ts';

export const USAGE = `alibaba-cloud-sandbox [options]

Parts of Alibaba Cloud on one loopback port, until it is stopped.

  --port N                   the port; 0 is any free one (default 8420)
  --host HOST                the address to listen at (default 127.0.0.1)
  --region ID                (default cn-hangzhou)
  --account ID               the management account, 16 digits (default 1000000000000001)
  --services A,B             what answers (default all); the beginning of a name is enough:
${SERVICE_NAMES.map((name) => `                               ${name}\n`).join('')}  --members N                members of the directory from the start (default 0)
  --seed FILE                who and what is there from the start, in YAML or JSON
  --speed X                  how many times faster than real time its clock goes (default 1)
  --keys fixed               access keys that are the same each time
  --lenient                  lets parameters through that are not modelled, and lists them
  --persist DIR              keeps its state there, and goes on from it
  --write-env FILE           writes where it is and its key there, for \`source\` and as .env
  --env NAME=VALUE           another line of that file
  --proxy                    and lines that make it the proxy of SDKs, with the cloud's host names
  --ca FILE                  the same, with a certificate to trust that is kept there, and its key in
                             FILE.key (default: a new one each time, in a temporary file)

  --stack [NAME=]FILE        a ROS template that is there from the start
  --parameter NAME=VALUE     of the stack
  --serverless FILE          a Serverless Devs file whose functions are there from the start
  --variable NAME=VALUE      what \${env('NAME')} in that file sees
  --function-env NAME=VALUE  every function sees it, so that it finds the sandbox

  --version, --help

Values may name {endpoint}, {host}, {region} and {accountId}: --function-env API={endpoint}
`;

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'start';
      readonly sandbox: SandboxOptions;
      /** Of the environment file, beside its own lines. */
      readonly env: Readonly<Record<string, string>>;
      readonly envFile?: string;
      /** Whether the environment makes the sandbox the proxy of SDKs. */
      readonly isProxy: boolean;
      /** Whose content is the seed. */
      readonly seedFile?: string;
    };

/** What was typed is wrong; the message says what, and what there is instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Not `env-file`: Node 20 takes that for its own, also after the name of the script. */
const WRITE_ENV = 'write-env';

const OPTIONS = {
  account: { type: 'string' },
  ca: { type: 'string' },
  env: { type: 'string', multiple: true },
  'function-env': { type: 'string', multiple: true },
  help: { type: 'boolean' },
  host: { type: 'string' },
  keys: { type: 'string' },
  lenient: { type: 'boolean' },
  members: { type: 'string' },
  parameter: { type: 'string', multiple: true },
  persist: { type: 'string' },
  port: { type: 'string' },
  proxy: { type: 'boolean' },
  region: { type: 'string' },
  seed: { type: 'string' },
  serverless: { type: 'string' },
  services: { type: 'string' },
  speed: { type: 'string' },
  stack: { type: 'string' },
  variable: { type: 'string', multiple: true },
  version: { type: 'boolean' },
  [WRITE_ENV]: { type: 'string' },
} as const;

type Values = ReturnType<typeof valuesOf>;

/** Throws a `UsageError`. */
export function parseCommand(args: readonly string[]): Command {
  const values = valuesOf(args);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const { account, ca, host, keys, lenient, members, persist, region } = values;
  const { seed, services, speed } = values;
  const envFile = values[WRITE_ENV];
  if (account !== undefined && !/^\d{16}$/.test(account)) {
    throw new UsageError(`--account has to be 16 digits: ${account}`);
  }
  if (keys !== undefined && keys !== 'fixed' && keys !== 'random') {
    throw new UsageError(`--keys is fixed or random: ${keys}`);
  }
  if (seed !== undefined && members !== undefined) {
    throw new UsageError('--members does not go with --seed, which says who is there.');
  }
  return {
    kind: 'start',
    env: pairs('--env', values.env),
    isProxy: values.proxy === true || ca !== undefined,
    ...(envFile === undefined ? {} : { envFile }),
    ...(seed === undefined ? {} : { seedFile: seed }),
    sandbox: {
      port: wholeNumber('--port', values.port ?? '8420', 65_535),
      ...(host === undefined ? {} : { host }),
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { managementAccountId: account }),
      ...(members === undefined ? {} : { members: wholeNumber('--members', members, 100_000) }),
      ...(speed === undefined ? {} : { speed: number('--speed', speed) }),
      ...(keys === undefined ? {} : { keys }),
      ...(lenient === undefined ? {} : { lenient }),
      ...(ca === undefined ? {} : { caFile: ca }),
      ...(persist === undefined ? {} : { persistDir: persist }),
      ...(services === undefined ? {} : { services: services.split(',').map(service) }),
      ...deploymentOf(values),
    },
  };
}

/** What is there from the start. */
function deploymentOf(
  values: Values,
): Pick<SandboxOptions, 'functionEnvironment' | 'serverless' | 'stacks'> {
  const { stack, serverless } = values;
  if (stack === undefined && values.parameter !== undefined) {
    throw new UsageError('--parameter goes with --stack.');
  }
  if (serverless === undefined && values.variable !== undefined) {
    throw new UsageError('--variable goes with --serverless.');
  }
  const parameters = pairs('--parameter', values.parameter);
  const variables = pairs('--variable', values.variable);
  return {
    functionEnvironment: pairs('--function-env', values['function-env']),
    ...(stack === undefined ? {} : { stacks: [{ ...namedFile(stack), parameters }] }),
    ...(serverless === undefined ? {} : { serverless: [{ file: serverless, variables }] }),
  };
}

/** `[NAME=]FILE`. */
function namedFile(text: string): { readonly file: string; readonly name?: string } {
  const [, name, file] = /^([A-Za-z][A-Za-z0-9_-]*)=(.+)$/.exec(text) ?? [];
  return name === undefined || file === undefined ? { file: text } : { file, name };
}

function pairs(option: string, texts: readonly string[] = []): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.map((text) => {
      const mark = text.indexOf('=');
      if (mark < 1) throw new UsageError(`${option} has to be NAME=VALUE: ${text}`);
      return [text.slice(0, mark), text.slice(mark + 1)];
    }),
  );
}

function service(text: string): ReturnType<typeof serviceNamed> {
  try {
    return serviceNamed(text);
  } catch (error) {
    throw new UsageError(`--services: ${error instanceof Error ? error.message : error}`);
  }
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
