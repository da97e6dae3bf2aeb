import { NOT_MODELLED, type Reader } from '../../protocols/reader.ts';
import type { FunctionConfig } from './function-config.ts';

/** Source of the defaults: the fc3 component's JSON schema 0.1.22, `CreateFunctionInput`. */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 512;
const DEFAULT_DISK_MB = 512;

/** What there is of it here is nothing: only an empty value is taken. */
const UNMODELLED_SETTINGS = [
  'customContainerConfig',
  'customDNS',
  'customRuntimeConfig',
  'gpuConfig',
  'instanceLifecycleConfig',
  'juiceFsConfig',
  'layers',
  'nasConfig',
  'ossMountConfig',
  'polarFsConfig',
  'sessionAffinityConfig',
  'tags',
  'tracingConfig',
  'vpcConfig',
];

/**
 * The settings of `CreateFunctionInput` as a request or `s.yaml` has them, without the code. Notes
 * every problem of form; what the values may be is `problemsOfFunction`'s matter.
 */
export function readFunctionSettings(given: Reader): FunctionConfig {
  given.require('functionName', 'runtime', 'handler');
  given.only('instanceConcurrency', 1);
  given.only('internetAccess', true);
  given.only('disableOndemand', false);
  given.only('disableInjectCredentials', 'None');
  given.only('enableLongLiving', false);
  given.only('instanceIsolationMode', 'SHARE');
  given.only('sessionAffinity', 'NONE');
  for (const key of UNMODELLED_SETTINGS) {
    if (!isBlank(given.anything(key))) given.problem(key, NOT_MODELLED);
  }
  const cpu = given.number('cpu');
  const diskSizeMb = given.number('diskSize');
  const description = given.text('description');
  const roleArn = given.text('role');
  return {
    name: given.text('functionName') ?? '',
    handler: given.text('handler') ?? '',
    runtime: given.text('runtime') ?? '',
    timeoutSeconds: given.number('timeout') ?? DEFAULT_TIMEOUT_SECONDS,
    memorySizeMb: given.number('memorySize') ?? DEFAULT_MEMORY_MB,
    environment: given.texts('environmentVariables') ?? {},
    ...(roleArn === undefined || roleArn === '' ? {} : { roleArn }),
    ...(description === undefined ? {} : { description }),
    ...(cpu === undefined ? {} : { cpu }),
    ...(diskSizeMb === undefined ? {} : { diskSizeMb }),
    ...readLogConfig(given.object('logConfig')),
  };
}

/** The other way round: what GetFunction says of them, and what an update changes. */
export function settingsAnswer(config: FunctionConfig): Readonly<Record<string, unknown>> {
  return {
    functionName: config.name,
    description: config.description ?? '',
    runtime: config.runtime,
    handler: config.handler,
    timeout: config.timeoutSeconds,
    memorySize: config.memorySizeMb,
    ...(config.cpu === undefined ? {} : { cpu: config.cpu }),
    diskSize: config.diskSizeMb ?? DEFAULT_DISK_MB,
    role: config.roleArn ?? '',
    environmentVariables: config.environment,
    logConfig: {
      project: config.logProject ?? '',
      logstore: config.logStore ?? '',
      enableRequestMetrics: false,
      enableInstanceMetrics: false,
      logBeginRule: 'None',
    },
    instanceConcurrency: 1,
    instanceIsolationMode: 'SHARE',
    internetAccess: true,
    disableOndemand: false,
    sessionAffinity: 'NONE',
    layers: [],
    nasConfig: { userId: 0, groupId: 0, mountPoints: [] },
    ossMountConfig: { mountPoints: [] },
    tags: [],
    tracingConfig: {},
    vpcConfig: { vpcId: '', vSwitchIds: [], securityGroupId: '' },
  };
}

/** With empty names there is none: so the component says it. */
function readLogConfig(log: Reader | undefined): Pick<FunctionConfig, 'logProject' | 'logStore'> {
  if (log === undefined) return {};
  log.require('project', 'logstore');
  log.only('enableRequestMetrics', false);
  log.only('enableInstanceMetrics', false);
  log.only('enableLlmMetrics', false);
  log.only('logBeginRule', 'None');
  const logProject = log.text('project');
  const logStore = log.text('logstore');
  log.finish();
  return { ...(logProject ? { logProject } : {}), ...(logStore ? { logStore } : {}) };
}

function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return true;
  return typeof value === 'object' && Object.values(value).every(isBlank);
}
