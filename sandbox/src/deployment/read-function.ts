import { resolve } from 'node:path';
import type { FunctionConfig } from '../services/function-compute/function-config.ts';
import { problemsOfFunction } from '../services/function-compute/function-config.ts';
import type { PlannedFunction, ReadOptions } from './plan.ts';
import { readAsyncInvokeConfig } from './read-async-invoke-config.ts';
import { readTriggers } from './read-triggers.ts';
import { noteAll, type Reader } from './reader.ts';

/** Source of names and defaults: the fc3 component's JSON schema 0.1.22. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 512;
const ROLE = /^acs:ram::[^:]+:role\/[a-z0-9-]+$/;

/** `resources.{name}.props`. */
export function readFunction(
  props: Reader,
  options: ReadOptions,
): Omit<PlannedFunction, 'path' | 'preDeploy'> {
  props.require('region', 'functionName', 'runtime', 'code', 'handler');
  props.only('region', options.region);
  // Only for people.
  props.text('description');
  props.only('instanceConcurrency', 1);
  props.only('internetAccess', true);
  readSize(props);
  const roleArn = readRole(props);
  const log = readLogConfig(props.object('logConfig'));
  const reservedConcurrency = readConcurrency(props.object('concurrencyConfig'));
  const config: FunctionConfig = {
    name: props.text('functionName') ?? '',
    codeDir: resolve(options.baseDir, props.text('code') ?? ''),
    handler: props.text('handler') ?? '',
    runtime: props.text('runtime') ?? '',
    timeoutSeconds: props.number('timeout') ?? DEFAULT_TIMEOUT_SECONDS,
    memorySizeMb: props.number('memorySize') ?? DEFAULT_MEMORY_MB,
    environment: { ...props.texts('environmentVariables'), ...options.environment },
    ...(roleArn === undefined ? {} : { roleArn }),
    ...log,
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
  };
  const isWhole = ['functionName', 'runtime', 'code', 'handler'].every((key) => props.has(key));
  if (isWhole) {
    noteAll(props, problemsOfFunction(config));
  }
  const asyncInvokeConfig = readAsyncInvokeConfig(props.object('asyncInvokeConfig'), options);
  const triggers = readTriggers(props.list('triggers') ?? []);
  props.finish();
  return { config, asyncInvokeConfig, ...triggers };
}

/** The disk and the processor change nothing here, but what the cloud would refuse is refused. */
function readSize(props: Reader): void {
  props.only('diskSize', 512, 10_240);
  const cpu = props.number('cpu');
  if (cpu === undefined) return;
  const steps = cpu / 0.05;
  const memoryGb = (props.number('memorySize') ?? DEFAULT_MEMORY_MB) / 1024;
  const ratio = memoryGb / cpu;
  if (Math.abs(steps - Math.round(steps)) > 1e-9 || ratio < 1 || ratio > 4) {
    props.problem('cpu', 'a multiple of 0.05, with 1 to 4 GB of memory for each processor');
  }
}

/** The component lower-cases role names on the way out, so another spelling is another role. */
function readRole(props: Reader): string | undefined {
  const role = props.text('role');
  if (role !== undefined && !ROLE.test(role)) {
    props.problem('role', `'${role}' is not a full ARN with a lower-case role name`);
  }
  return role;
}

function readLogConfig(log: Reader | undefined): Pick<FunctionConfig, 'logProject' | 'logStore'> {
  if (log === undefined) return {};
  log.require('project', 'logstore');
  log.only('enableRequestMetrics', false);
  log.only('enableInstanceMetrics', false);
  log.only('logBeginRule', 'None');
  const logProject = log.text('project');
  const logStore = log.text('logstore');
  log.finish();
  return {
    ...(logProject === undefined ? {} : { logProject }),
    ...(logStore === undefined ? {} : { logStore }),
  };
}

function readConcurrency(concurrency: Reader | undefined): number | undefined {
  if (concurrency === undefined) return undefined;
  concurrency.require('reservedConcurrency');
  const reserved = concurrency.number('reservedConcurrency');
  concurrency.finish();
  return reserved;
}
