import { statSync } from 'node:fs';
import { join } from 'node:path';
import { functionComputeError } from './errors.ts';
import { splitFunctionName } from './function-arn.ts';
import { isWhole } from './is-whole.ts';

/** A function as it is deployed. Sources: FC 3.0 `CreateFunctionInput`, quotas and limits. */
export interface FunctionConfig {
  /** `name` is a function of FC 3.0, `service/name` one of FC 2.0. */
  readonly name: string;
  /** Folder with the built code. It is copied: a later build doesn't change what is deployed. */
  readonly codeDir: string;
  /** `file.export`, for example `index.handler`. */
  readonly handler: string;
  /** Only `nodejs20` is modelled; it runs on the Node.js that runs the sandbox. */
  readonly runtime: string;
  /** 1–86400. */
  readonly timeoutSeconds: number;
  /** 128–32768, a multiple of 64. */
  readonly memorySizeMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** `acs:ram::{account}:role/{name}`; without it a function has no credentials. */
  readonly roleArn?: string;
  /** Where printed lines go; both or none. */
  readonly logProject?: string;
  readonly logStore?: string;
  /** Of the account's instances, how many are this function's; without it, it shares the rest. */
  readonly reservedConcurrency?: number;
}

const SERVICE_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,127}$/;
const FUNCTION_NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;
const HANDLER = /^[\w./-]+\.\w+$/;
const ENVIRONMENT_KEY = /^[A-Za-z][A-Za-z0-9_]*$/;
/**
 * Source: "Environment variables", system variables. Of `ALIBABA_CLOUD_*` it only says that they
 * hold the role's credentials; what becomes of one that the function sets is not documented.
 */
const RESERVED_KEYS = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABA_CLOUD_SECURITY_TOKEN',
  'accessKeyID',
  'accessKeySecret',
  'securityToken',
  'topic',
];
const ENVIRONMENT_LIMIT_BYTES = 4096;

/** Every reason why this function can't be created. Empty: it can. */
export function problemsOfFunction(config: FunctionConfig): string[] {
  const problems: string[] = [];
  const { service, functionName } = splitFunctionName(config.name);
  if (!FUNCTION_NAME.test(functionName)) {
    problems.push(
      `functionName: '${functionName}' is not 1–64 letters, digits, - and _, with a letter or _ first`,
    );
  }
  if (service !== undefined && !SERVICE_NAME.test(service)) {
    problems.push(`serviceName: '${service}' is not the name of a service`);
  }
  if (config.runtime !== 'nodejs20') {
    problems.push(`runtime: '${config.runtime}' is not modelled by the sandbox, nodejs20 is`);
  }
  if (!isWhole(config.timeoutSeconds, 1, 86_400)) problems.push('timeout: a whole number 1–86400');
  if (!isWhole(config.memorySizeMb, 128, 32_768) || config.memorySizeMb % 64 !== 0) {
    problems.push('memorySize: 128–32768 and a multiple of 64');
  }
  const reserved = config.reservedConcurrency;
  if (reserved !== undefined && !isWhole(reserved, 0, Number.MAX_SAFE_INTEGER)) {
    problems.push('concurrencyConfig.reservedConcurrency: a whole number from 0 on');
  }
  if ((config.logProject === undefined) !== (config.logStore === undefined)) {
    problems.push('logConfig: project and logstore go together');
  }
  problems.push(...problemsOfEnvironment(config.environment), ...problemsOfCode(config));
  return problems;
}

export function assertFunction(config: FunctionConfig): void {
  const problems = problemsOfFunction(config);
  if (problems.length > 0) throw functionComputeError('InvalidArgument', problems.join('; '));
}

function problemsOfEnvironment(environment: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  let bytes = 0;
  for (const [key, value] of Object.entries(environment)) {
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    if (!ENVIRONMENT_KEY.test(key)) {
      problems.push(`environmentVariables.${key}: letters, digits and _, a letter first`);
    }
    if (key.startsWith('FC_')) {
      problems.push(`environmentVariables.${key}: FC_ is reserved for Function Compute`);
    }
    if (RESERVED_KEYS.includes(key)) {
      problems.push(`environmentVariables.${key}: is reserved for Function Compute`);
    }
  }
  if (bytes > ENVIRONMENT_LIMIT_BYTES) problems.push('environmentVariables: more than 4 KB');
  return problems;
}

function problemsOfCode(config: FunctionConfig): string[] {
  if (!isDirectory(config.codeDir)) return [`code: no folder at '${config.codeDir}'`];
  if (!HANDLER.test(config.handler)) {
    return [`handler: '${config.handler}' is not of the form file.export`];
  }
  const file = config.handler.slice(0, config.handler.lastIndexOf('.'));
  return ['.js', '.mjs'].some((ending) => isFile(join(config.codeDir, file + ending)))
    ? []
    : [`handler: '${config.handler}' needs ${file}.js or ${file}.mjs in the code folder`];
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
