import * as v from 'valibot';
import type { Credentials } from './credentials.ts';
import {
  type Environment,
  endpoint,
  logstoreName,
  parseEnvironment,
  projectName,
  readEnvironment,
  regionId,
  required,
  type Settings,
  sharedSchema,
  sharedSettings,
} from './settings.ts';

/** What the operator's command is told by its arguments; it wins over the environment. */
export interface GivenSettings {
  readonly region?: string;
  readonly accountGroupId?: string;
  readonly logProject?: string;
}

/** As it goes into a header. */
const key = v.check(
  (value: string) => /^[!-~]+$/.test(value),
  'holds a character that no key has, for example a line break at its end',
);

/** What the person at the operator's command says, beside what the functions are told too. */
const operatorVariables = v.object({
  ALIBABA_CLOUD_ACCESS_KEY_ID: v.pipe(required, key),
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: v.pipe(required, key),
  ALIBABA_CLOUD_SECURITY_TOKEN: v.optional(v.pipe(v.string(), key)),
  FC_ENDPOINT: v.optional(endpoint),
  LOG_PROJECT: v.optional(projectName),
  LOG_STORE: v.optional(logstoreName, 'results'),
  REGION: v.optional(regionId, 'cn-hangzhou'),
  ROS_ENDPOINT: v.optional(endpoint),
});

const operatorSchema = v.intersect([sharedSchema, operatorVariables]);

/** What the operator's command is told by its environment. */
export interface OperatorSettings extends Omit<Settings, 'logProject'> {
  readonly credentials: Credentials;
  readonly region: string;
  /** Absent: the name that stack.yaml gives, with the management account's id in it. */
  readonly logProject?: string;
  /** Absent: the account's own in the region. */
  readonly functionComputeEndpoint?: string;
  /** Absent: the one that serves every region. */
  readonly resourceOrchestrationEndpoint?: string;
}

/** Of this process. */
export function readOperatorSettings(given: GivenSettings = {}): OperatorSettings {
  return parseOperatorSettings(readEnvironment(), given);
}

/** Of this process: the person's language and country, for example `zh_CN.UTF-8`. */
export function readLocale(): string | undefined {
  const { LC_ALL, LC_MESSAGES, LANG } = readEnvironment();
  return LC_ALL || LC_MESSAGES || LANG;
}

/**
 * The settings of the operator's command. An empty value counts as unset. Throws a `SettingsError`
 * that names every problem, and no value of a secret.
 */
export function parseOperatorSettings(
  environment: Environment,
  given: GivenSettings = {},
): OperatorSettings {
  const env = parseEnvironment(
    operatorSchema,
    {
      ...environment,
      ...(given.region === undefined ? {} : { REGION: given.region }),
      ...(given.accountGroupId === undefined ? {} : { ACCOUNT_GROUP_ID: given.accountGroupId }),
      ...(given.logProject === undefined ? {} : { LOG_PROJECT: given.logProject }),
    },
    'Set them in the environment: `onboard --help` says what each is.',
  );
  const token = env.ALIBABA_CLOUD_SECURITY_TOKEN;
  return {
    ...sharedSettings(env, env.REGION),
    credentials: {
      accessKeyId: env.ALIBABA_CLOUD_ACCESS_KEY_ID,
      accessKeySecret: env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
      ...(token === undefined ? {} : { securityToken: token }),
    },
    region: env.REGION,
    logStore: env.LOG_STORE,
    ...(env.LOG_PROJECT === undefined ? {} : { logProject: env.LOG_PROJECT }),
    ...(env.FC_ENDPOINT === undefined ? {} : { functionComputeEndpoint: env.FC_ENDPOINT }),
    ...(env.ROS_ENDPOINT === undefined ? {} : { resourceOrchestrationEndpoint: env.ROS_ENDPOINT }),
  };
}
