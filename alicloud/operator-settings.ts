import * as v from 'valibot';
import type { Credentials } from './credentials.ts';
import { type EndpointKind, endpointKind } from './endpoint-kind.ts';
import { readProfileRegion } from './operator-credentials.ts';
import {
  type Environment,
  endpoint,
  logstoreName,
  parseEnvironment,
  problem,
  projectName,
  regionId,
  SETTING_NAMES,
  type Settings,
  sharedSchema,
  sharedSettings,
} from './settings.ts';

/** What the operator's command is told by its arguments; it wins over the environment. */
export interface GivenSettings {
  readonly region?: string;
  readonly accountGroupId?: string;
  readonly logProject?: string;
  /** A profile of the aliyun CLI: its credentials, not those of the environment. */
  readonly profile?: string;
}

/** As it goes into a header. */
const key = v.check((value: string) => /^[!-~]+$/.test(value), problem('key'));

/** What the person at the operator's command says, beside what the functions are told too. */
const operatorVariables = v.object({
  ALIBABA_CLOUD_ACCESS_KEY_ID: v.optional(v.pipe(v.string(), key)),
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: v.optional(v.pipe(v.string(), key)),
  ALIBABA_CLOUD_SECURITY_TOKEN: v.optional(v.pipe(v.string(), key)),
  EVENTBRIDGE_ENDPOINT: v.optional(endpoint),
  FC_ENDPOINT: v.optional(endpoint),
  FNF_ENDPOINT: v.optional(endpoint),
  LOG_PROJECT: v.optional(projectName),
  LOG_STORE: v.optional(logstoreName, 'results'),
  MANAGEMENT_ACCOUNT_ID: v.optional(v.string()),
  MNS_ENDPOINT: v.optional(endpoint),
  RAM_ENDPOINT: v.optional(endpoint),
  REGION: v.optional(regionId, 'cn-hangzhou'),
  ROS_ENDPOINT: v.optional(endpoint),
  STS_ENDPOINT: v.optional(endpoint),
});

const CREDENTIALS = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABA_CLOUD_SECURITY_TOKEN',
] as const;

/** One half of a key is a mistake; neither leaves it to the rest of the chain. */
const wholeKey = v.pipe(
  operatorVariables,
  v.forward(
    v.partialCheck(
      [['ALIBABA_CLOUD_ACCESS_KEY_ID'], ['ALIBABA_CLOUD_ACCESS_KEY_SECRET']],
      (input) =>
        input.ALIBABA_CLOUD_ACCESS_KEY_ID !== undefined ||
        input.ALIBABA_CLOUD_ACCESS_KEY_SECRET === undefined,
      problem('required'),
    ),
    ['ALIBABA_CLOUD_ACCESS_KEY_ID'],
  ),
  v.forward(
    v.partialCheck(
      [['ALIBABA_CLOUD_ACCESS_KEY_ID'], ['ALIBABA_CLOUD_ACCESS_KEY_SECRET']],
      (input) =>
        input.ALIBABA_CLOUD_ACCESS_KEY_SECRET !== undefined ||
        input.ALIBABA_CLOUD_ACCESS_KEY_ID === undefined,
      problem('required'),
    ),
    ['ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
  ),
);

const operatorSchema = v.intersect([sharedSchema, wholeKey]);

/** What the operator's command is told by its environment. */
export interface OperatorSettings extends Omit<Settings, 'logProject'> {
  /** Those of the environment; absent: the rest of the chain is asked. */
  readonly credentials?: Credentials;
  readonly region: string;
  /** Absent: the name that stack.yaml gives, with the management account's id in it. */
  readonly logProject?: string;
  /** Absent: the account's own in the region. */
  readonly functionComputeEndpoint?: string;
  /** Absent: the one that serves every region. */
  readonly resourceOrchestrationEndpoint?: string;
  /** The account that the person means; absent: not said. */
  readonly managementAccountId?: string;
  readonly inspectionEndpoints: InspectionEndpoints;
  readonly endpoints: EndpointKind;
}

/** Base URLs of what only a look at a deployment asks. */
export interface InspectionEndpoints {
  readonly securityToken: string;
  readonly accessManagement: string;
  readonly eventBridge: string;
  readonly cloudFlow: string;
  readonly messageQueue: string;
}

/** The settings, with the region of a profile that is named. Rejects with a `SettingsError`. */
export async function readOperatorSettings(
  environment: Environment,
  given: GivenSettings = {},
): Promise<OperatorSettings> {
  const { profile } = given;
  const region = profile === undefined ? undefined : await readProfileRegion(profile);
  return parseOperatorSettings(environment, given, region);
}

/** The person's language and country, for example `zh_CN.UTF-8`. */
export function localeOf({ LC_ALL, LC_MESSAGES, LANG }: Environment): string | undefined {
  return LC_ALL || LC_MESSAGES || LANG;
}

/**
 * The settings of the operator's command. An empty value counts as unset; the region of a profile is
 * that of last resort. Throws a `SettingsError`
 * that names every problem, and no value of a secret.
 */
export function parseOperatorSettings(
  environment: Environment,
  given: GivenSettings = {},
  profileRegion?: string,
): OperatorSettings {
  const env = parseEnvironment(
    operatorSchema,
    {
      ...environment,
      ...(given.profile === undefined
        ? {}
        : Object.fromEntries(CREDENTIALS.map((name) => [name, undefined]))),
      REGION: given.region ?? (environment.REGION || profileRegion),
      ...(given.accountGroupId === undefined ? {} : { ACCOUNT_GROUP_ID: given.accountGroupId }),
      ...(given.logProject === undefined ? {} : { LOG_PROJECT: given.logProject }),
    },
    'operator',
  );
  const {
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
  } = env;
  return {
    ...sharedSettings(env, env.REGION),
    ...(accessKeyId === undefined || accessKeySecret === undefined
      ? {}
      : {
          credentials: {
            accessKeyId,
            accessKeySecret,
            ...(securityToken === undefined ? {} : { securityToken }),
          },
        }),
    endpoints: endpointKind(environment),
    region: env.REGION,
    logStore: env.LOG_STORE,
    ...(env.LOG_PROJECT === undefined ? {} : { logProject: env.LOG_PROJECT }),
    ...(env.FC_ENDPOINT === undefined ? {} : { functionComputeEndpoint: env.FC_ENDPOINT }),
    ...(env.ROS_ENDPOINT === undefined ? {} : { resourceOrchestrationEndpoint: env.ROS_ENDPOINT }),
    ...(env.MANAGEMENT_ACCOUNT_ID === undefined
      ? {}
      : { managementAccountId: env.MANAGEMENT_ACCOUNT_ID }),
    inspectionEndpoints: {
      securityToken: env.STS_ENDPOINT ?? `https://sts.${env.REGION}.aliyuncs.com`,
      accessManagement: env.RAM_ENDPOINT ?? 'https://ram.aliyuncs.com',
      eventBridge:
        env.EVENTBRIDGE_ENDPOINT ?? `https://eventbridge-console.${env.REGION}.aliyuncs.com`,
      cloudFlow: env.FNF_ENDPOINT ?? `https://${env.REGION}.fnf.aliyuncs.com`,
      messageQueue: env.MNS_ENDPOINT ?? `https://mns-open.${env.REGION}.aliyuncs.com`,
    },
  };
}

/** What a deployment could fill into s.yaml. An empty value counts as unset. */
export function deploymentVariables(
  environment: Environment,
  { region, accountGroupId }: OperatorSettings,
): Readonly<Record<string, string | undefined>> {
  const variables = SETTING_NAMES.map((name) => [name, environment[name]]);
  return { ...Object.fromEntries(variables), REGION: region, ACCOUNT_GROUP_ID: accountGroupId };
}
