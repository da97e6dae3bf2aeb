import * as v from 'valibot';
import type { OnboardingSettings } from '../workflows/onboarding/ports.ts';
import type { Credentials } from './credentials.ts';
import { endpointProblem } from './endpoint.ts';
import {
  SETTING_PROBLEMS,
  type SettingProblem,
  SettingsError,
  type SettingsFault,
} from './settings-error.ts';

/** What the functions are told by their environment. */
export interface Settings {
  readonly onboarding: OnboardingSettings;
  readonly configEndpoint: string;
  readonly resourceManagerEndpoint: string;
  /** Absent: discovered. */
  readonly accountGroupId?: string;
  readonly logProject: string;
  readonly logStore: string;
  readonly logEndpoint: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const CONFIG_ENDPOINTS = {
  china: 'https://config.cn-shanghai.aliyuncs.com',
  international: 'https://config.ap-southeast-1.aliyuncs.com',
} as const;
const RESOURCE_MANAGER_ENDPOINT = 'https://resourcemanager.aliyuncs.com';

/** What a schema says is wrong: a code, for whoever says it in words. */
export function problem(code: SettingProblem): SettingProblem {
  return code;
}

export const endpoint = v.pipe(
  v.string(),
  v.transform((value) => value.replace(/\/+$/, '')),
  v.rawCheck(({ dataset, addIssue }) => {
    const message = dataset.typed ? endpointProblem(dataset.value) : undefined;
    if (message !== undefined) addIssue({ message });
  }),
);

const seconds = (fallback: number, leastSeconds: 0 | 0.001) =>
  v.optional(
    v.pipe(
      v.string(),
      v.decimal(problem('seconds')),
      v.transform(Number),
      v.minValue(leastSeconds, problem(`seconds-from-${leastSeconds}`)),
      v.transform((value) => value * 1000),
    ),
    String(fallback),
  );

export const required = v.pipe(v.string(problem('required')), v.nonEmpty(problem('required')));

/**
 * Lower-case letters, digits and hyphens, and in a logstore's name underscores; at the ends letters
 * and digits. Source: Simple Log Service, "Limits on basic resources". They go into host and path.
 */
export const projectName = v.pipe(
  required,
  v.regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, problem('project')),
);
export const logstoreName = v.pipe(
  required,
  v.regex(/^[a-z0-9][a-z0-9_-]{0,61}[a-z0-9]$/, problem('logstore')),
);

/** For example `cn-hangzhou` or `ap-southeast-1`. It goes into hosts. */
export const regionId = v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z0-9]+)+$/, problem('region')));

/** What the functions and the operator's command are both told. */
const sharedVariables = v.object({
  ACCOUNT_GROUP_ID: v.optional(v.string()),
  ALIBABA_CLOUD_SITE: v.optional(v.picklist(['china', 'international'], problem('site')), 'china'),
  CONFIG_ENDPOINT: v.optional(endpoint),
  LOG_ENDPOINT: v.optional(endpoint),
  OVERDUE_AFTER_SECONDS: seconds(86_400, 0),
  POLL_BASE_SECONDS: seconds(2, 0.001),
  POLL_CAP_SECONDS: seconds(15, 0.001),
  RESOURCE_MANAGER_ENDPOINT: v.optional(endpoint),
  RETRY_BASE_SECONDS: seconds(1, 0.001),
  RETRY_CAP_SECONDS: seconds(30, 0.001),
  VERIFY_FOR_SECONDS: seconds(660, 0),
});

const resultVariables = v.object({ LOG_PROJECT: projectName, LOG_STORE: logstoreName });

/** Every environment variable that the functions read. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(sharedVariables.entries),
  ...Object.keys(resultVariables.entries),
];

export const sharedSchema = v.pipe(
  sharedVariables,
  v.forward(
    v.partialCheck(
      [['POLL_BASE_SECONDS'], ['POLL_CAP_SECONDS']],
      (input) => input.POLL_BASE_SECONDS <= input.POLL_CAP_SECONDS,
      problem('poll-cap'),
    ),
    ['POLL_CAP_SECONDS'],
  ),
  v.forward(
    v.partialCheck(
      [['RETRY_BASE_SECONDS'], ['RETRY_CAP_SECONDS']],
      (input) => input.RETRY_BASE_SECONDS <= input.RETRY_CAP_SECONDS,
      problem('retry-cap'),
    ),
    ['RETRY_CAP_SECONDS'],
  ),
);

const functionSchema = v.intersect([sharedSchema, resultVariables]);

/** The environment of this process, which nothing else reads. */
export function readEnvironment(): Environment {
  return process.env;
}

/** The settings of this process. */
export function readSettings(region: string): Settings {
  return parseSettings(readEnvironment(), region);
}

const functionCredentials = v.object({
  accessKeyId: v.pipe(v.string(), v.nonEmpty()),
  accessKeySecret: v.pipe(v.string(), v.nonEmpty()),
  securityToken: v.pipe(v.string(), v.nonEmpty()),
});

/** What Function Compute hands to a function: temporary credentials of its role, if it has one. */
export function parseFunctionCredentials(given: unknown): Credentials {
  const parsed = v.safeParse(functionCredentials, given);
  if (parsed.success) return parsed.output;
  throw new SettingsError({ kind: 'function-credentials' });
}

/**
 * Reads the settings. `region` chooses the default log endpoint. An empty value counts as unset.
 * Throws a `SettingsError` that names every problem at once.
 */
export function parseSettings(environment: Environment, region: string): Settings {
  if (!v.is(regionId, region)) throw new SettingsError({ kind: 'region' });
  const env = parseEnvironment(functionSchema, environment, 'function');
  return { ...sharedSettings(env, region), logProject: env.LOG_PROJECT, logStore: env.LOG_STORE };
}

type Reader = Extract<SettingsFault, { kind: 'settings' }>['reader'];

/** Throws a `SettingsError` that names every problem, for whoever `reader` is. */
export function parseEnvironment<S extends v.GenericSchema>(
  schema: S,
  environment: Environment,
  reader: Reader,
): v.InferOutput<S> {
  const filled = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = v.safeParse(schema, filled);
  if (parsed.success) return parsed.output;
  const problems = parsed.issues
    .map((issue) => ({ name: v.getDotPath(issue) ?? '', problem: problemOf(issue) }))
    .sort((one, other) => one.name.localeCompare(other.name));
  throw new SettingsError({ kind: 'settings', problems, reader });
}

export function sharedSettings(
  env: v.InferOutput<typeof sharedSchema>,
  region: string,
): Omit<Settings, 'logProject' | 'logStore'> {
  return {
    onboarding: {
      verifyForMs: env.VERIFY_FOR_SECONDS,
      overdueAfterMs: env.OVERDUE_AFTER_SECONDS,
      retry: { baseMs: env.RETRY_BASE_SECONDS, capMs: env.RETRY_CAP_SECONDS },
      poll: { baseMs: env.POLL_BASE_SECONDS, capMs: env.POLL_CAP_SECONDS },
    },
    configEndpoint: env.CONFIG_ENDPOINT ?? CONFIG_ENDPOINTS[env.ALIBABA_CLOUD_SITE],
    resourceManagerEndpoint: env.RESOURCE_MANAGER_ENDPOINT ?? RESOURCE_MANAGER_ENDPOINT,
    accountGroupId: env.ACCOUNT_GROUP_ID,
    logEndpoint: env.LOG_ENDPOINT ?? `https://${region}.log.aliyuncs.com`,
  };
}

/** What has no message of ours is a key that is missing. */
function problemOf({ message }: v.BaseIssue<unknown>): SettingProblem {
  return Object.hasOwn(SETTING_PROBLEMS, message) ? (message as SettingProblem) : 'required';
}
