/** What can be wrong with one setting, to be said after its name. */
export const SETTING_PROBLEMS = {
  'endpoint-parts': 'must be a scheme, a host and a port, and nothing more',
  'endpoint-scheme': 'must begin with https:// (http:// is for loopback only)',
  'endpoint-url': 'is not a URL such as https://config.cn-shanghai.aliyuncs.com',
  key: 'contains a character that no key has, for example a line break at its end',
  logstore:
    'is not a valid name of a logstore: 2 to 63 lower-case letters, digits, hyphens and underscores',
  'poll-cap': 'must be at least POLL_BASE_SECONDS',
  project: 'is not a valid name of a log project: 3 to 63 lower-case letters, digits and hyphens',
  region: 'is not a region such as cn-hangzhou',
  required: 'is required',
  'retry-cap': 'must be at least RETRY_BASE_SECONDS',
  seconds: 'is not a number of seconds such as 30 or 0.5',
  'seconds-from-0': 'must be at least 0 seconds',
  'seconds-from-0.001': 'must be at least 0.001 seconds',
  site: 'must be china or international',
} as const;

export type SettingProblem = keyof typeof SETTING_PROBLEMS;

/** What is wrong with what a process is given. Holds no value of a secret. */
export type SettingsFault =
  | {
      readonly kind: 'settings';
      /** By name. */
      readonly problems: readonly { readonly name: string; readonly problem: SettingProblem }[];
      /** Who has to correct them. */
      readonly reader: 'function' | 'operator';
    }
  | { readonly kind: 'region' }
  | { readonly kind: 'function-credentials' }
  | { readonly kind: 'no-credentials'; readonly code?: string }
  | { readonly kind: 'profile-credentials'; readonly profile: string; readonly code?: string }
  | { readonly kind: 'no-configuration'; readonly profile: string; readonly path: string }
  | { readonly kind: 'not-a-configuration'; readonly path: string }
  | {
      readonly kind: 'no-profile';
      readonly profile: string;
      readonly path: string;
      readonly profiles: readonly string[];
    }
  | { readonly kind: 'other-directory'; readonly expected: string; readonly ownerId: string }
  | { readonly kind: 'other-caller'; readonly expected: string; readonly callerId: string };

/** Every problem of what a process is given, in one message, which is English. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly fault: SettingsFault;

  constructor(fault: SettingsFault) {
    super(describeSettingsFault(fault));
    this.fault = fault;
  }
}

const REMEDIES = {
  function: 'Correct the environment of the function (environmentVariables in s.yaml).',
  operator: 'Set them in the environment: `onboard --help` says what each is.',
} as const;

export function describeSettingsFault(fault: SettingsFault): string {
  switch (fault.kind) {
    case 'settings': {
      const { problems, reader } = fault;
      const count = problems.length === 1 ? 'One setting is' : `${problems.length} settings are`;
      const all = problems.map(({ name, problem }) => `${name} ${SETTING_PROBLEMS[problem]}`);
      return `${count} wrong: ${all.join('; ')}. ${REMEDIES[reader]}`;
    }
    case 'region':
      return `The region ${SETTING_PROBLEMS.region}.`;
    case 'function-credentials':
      return 'The function has no credentials: give it a role that trusts fc.aliyuncs.com (role in s.yaml).';
    case 'no-credentials':
      return `No credentials were found${because(fault.code)}: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, name a profile of the aliyun CLI with --profile, or run where a RAM role (OIDC, ECS) or ALIBABA_CLOUD_CREDENTIALS_URI gives them.`;
    case 'profile-credentials':
      return `The profile ${fault.profile} gives no credentials${because(fault.code)}: \`aliyun sts GetCallerIdentity --profile ${fault.profile}\` shows why.`;
    case 'no-configuration':
      return `--profile ${fault.profile}: there is no ${fault.path}. \`aliyun configure --profile ${fault.profile}\` makes it.`;
    case 'not-a-configuration':
      return `${fault.path} is not a configuration of the aliyun CLI.`;
    case 'no-profile':
      return `There is no profile ${fault.profile} in ${fault.path}: it has ${fault.profiles.join(', ')}.`;
    case 'other-directory':
      return `MANAGEMENT_ACCOUNT_ID is ${fault.expected}, but the resource directory of these credentials is that of ${fault.ownerId}: correct one of them.`;
    case 'other-caller':
      return `MANAGEMENT_ACCOUNT_ID is ${fault.expected}, but these credentials are of the account ${fault.callerId}: use credentials of the management account.`;
  }
}

function because(code: string | undefined): string {
  return code === undefined ? '' : ` (${code})`;
}
