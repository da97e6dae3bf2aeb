import { resolve } from 'node:path';
import { noteAll, type Reader } from '../protocols/reader.ts';
import {
  type AsyncInvokeConfig,
  problemsOfAsyncInvokeConfig,
  readAsyncInvokeConfig,
} from '../services/function-compute/async-invoke-config.ts';
import {
  type NewFunction,
  problemsOfNewFunction,
} from '../services/function-compute/function-config.ts';
import { readFunctionSettings } from '../services/function-compute/function-settings.ts';
import type { PlannedFunction, ReadOptions } from './plan.ts';
import { readTriggers } from './read-triggers.ts';

const ROLE = /^acs:ram::[^:]+:role\/[a-z0-9-]+$/;

/** `resources.{name}.props`. */
export function readFunction(
  props: Reader,
  options: ReadOptions,
): Omit<PlannedFunction, 'path' | 'preDeploy'> {
  props.require('region', 'code');
  props.only('region', options.region);
  const settings = readFunctionSettings(props);
  checkRole(props, settings.roleArn);
  const reservedConcurrency = readConcurrency(props.object('concurrencyConfig'));
  const config: NewFunction = {
    ...settings,
    codeDir: resolve(options.baseDir, props.text('code') ?? ''),
    environment: { ...settings.environment, ...options.environment },
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
  };
  const isWhole = ['functionName', 'runtime', 'code', 'handler'].every((key) => props.has(key));
  if (isWhole) noteAll(props, problemsOfNewFunction(config));
  const asyncInvokeConfig = readAsync(props.object('asyncInvokeConfig'), options);
  const timers = readTriggers(props.list('triggers') ?? []);
  props.finish();
  return { config, asyncInvokeConfig, timers };
}

/** The component lower-cases role names on the way out, so another spelling is another role. */
function checkRole(props: Reader, role: string | undefined): void {
  if (role !== undefined && !ROLE.test(role)) {
    props.problem('role', `'${role}' is not a full ARN with a lower-case role name`);
  }
}

function readConcurrency(concurrency: Reader | undefined): number | undefined {
  if (concurrency === undefined) return undefined;
  concurrency.require('reservedConcurrency');
  const reserved = concurrency.number('reservedConcurrency');
  concurrency.finish();
  return reserved;
}

/** Without `qualifier: LATEST` the real deployment asks a question. */
function readAsync(
  reader: Reader | undefined,
  where: { readonly region: string; readonly accountId: string },
): AsyncInvokeConfig {
  if (reader === undefined) return {};
  reader.require('qualifier');
  reader.only('qualifier', 'LATEST');
  const config = readAsyncInvokeConfig(reader);
  reader.finish();
  noteAll(reader, problemsOfAsyncInvokeConfig(config, where));
  return config;
}
