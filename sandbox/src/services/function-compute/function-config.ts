import { statSync } from 'node:fs';
import { join } from 'node:path';
import { functionComputeError } from './errors.ts';
import { splitFunctionName } from './function-arn.ts';

/** A function's settings. Sources: FC 3.0 `CreateFunctionInput`, quotas and limits. */
export interface FunctionConfig {
  /** `name` is a function of FC 3.0, `service/name` one of FC 2.0. */
  readonly name: string;
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
  readonly description?: string;
  /** 0.05–16, a multiple of 0.05, with 1 to 4 GB of memory for each. Without effect here. */
  readonly cpu?: number;
  /** 512 or 10240. Without effect here. */
  readonly diskSizeMb?: number;
}

/** A function that a program creates from a folder. */
export interface NewFunction extends FunctionConfig {
  /** With the built code. It is copied: a later build doesn't change what is deployed. */
  readonly codeDir: string;
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
const LONGEST_DESCRIPTION = 256;

/**
 * Every reason why this function can't be created. Empty: it can. `hasFile` says what the code has;
 * the real service looks at that only when it runs the function.
 */
export function problemsOfFunction(
  config: FunctionConfig,
  hasFile: (path: string) => boolean,
): string[] {
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
  problems.push(...problemsOfSize(config));
  if ((config.logProject === undefined) !== (config.logStore === undefined)) {
    problems.push('logConfig: project and logstore go together');
  }
  if ((config.description ?? '').length > LONGEST_DESCRIPTION) {
    problems.push(`description: more than ${LONGEST_DESCRIPTION} characters`);
  }
  problems.push(
    ...problemsOfEnvironment(config.environment),
    ...problemsOfHandler(config.handler, hasFile),
  );
  return problems;
}

/** As `problemsOfFunction`, of a function and the folder that it is created from. */
export function problemsOfNewFunction(given: NewFunction): string[] {
  const { codeDir, reservedConcurrency } = given;
  const isThere = statSync(codeDir, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const problems = problemsOfFunction(
    given,
    (path) =>
      !isThere || (statSync(join(codeDir, path), { throwIfNoEntry: false })?.isFile() ?? false),
  );
  if (!isThere) problems.push(`code: no folder at '${codeDir}'`);
  if (reservedConcurrency !== undefined) {
    problems.push(
      ...problemsOfReservedConcurrency(reservedConcurrency).map(
        (problem) => `concurrencyConfig.${problem}`,
      ),
    );
  }
  return problems;
}

export function problemsOfReservedConcurrency(reserved: number): string[] {
  return isWhole(reserved, 0, Number.MAX_SAFE_INTEGER)
    ? []
    : ['reservedConcurrency: a whole number from 0 on'];
}

/** Throws `InvalidArgument` with all of them. */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw functionComputeError('InvalidArgument', problems.join('; '));
}

/** The disk and the processor change nothing here, but what the cloud would refuse is refused. */
function problemsOfSize({ cpu, diskSizeMb, memorySizeMb }: FunctionConfig): string[] {
  const problems: string[] = [];
  if (diskSizeMb !== undefined && diskSizeMb !== 512 && diskSizeMb !== 10_240) {
    problems.push(`diskSize: ${diskSizeMb} is neither 512 nor 10240`);
  }
  if (cpu === undefined) return problems;
  const steps = cpu / 0.05;
  const ratio = memorySizeMb / 1024 / cpu;
  if (Math.abs(steps - Math.round(steps)) > 1e-9 || cpu > 16 || ratio < 1 || ratio > 4) {
    problems.push('cpu: a multiple of 0.05, with 1 to 4 GB of memory for each processor');
  }
  return problems;
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

function problemsOfHandler(handler: string, hasFile: (path: string) => boolean): string[] {
  if (!HANDLER.test(handler)) return [`handler: '${handler}' is not of the form file.export`];
  const file = handler.slice(0, handler.lastIndexOf('.'));
  return ['.js', '.mjs'].some((ending) => hasFile(file + ending))
    ? []
    : [`handler: '${handler}' needs ${file}.js or ${file}.mjs in the code`];
}

export function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
