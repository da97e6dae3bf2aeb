/** What the command reads of its environment, as `--help` shows it. `alicloud/settings.ts` parses it. */
export const ENVIRONMENT = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'Access key of the management account',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'The secret of that key',
  ALIBABA_CLOUD_SECURITY_TOKEN: 'The token of that key, if it is temporary',
  REGION: 'Where all is deployed (default cn-hangzhou)',
  ALIBABA_CLOUD_SITE: 'china or international (default china)',
  LOG_PROJECT: 'Where the results are (default account-onboarding-{id})',
  LOG_STORE: 'The logstore of the results (default results)',
  ACCOUNT_GROUP_ID: 'The account group to verify in (default the global one)',
  OVERDUE_AFTER_SECONDS:
    'How long after joining a member that is not covered is overdue (default 86400 s)',
  VERIFY_FOR_SECONDS: 'How long --local waits for coverage, at most (default 660 s)',
  RETRY_BASE_SECONDS: 'The longest first wait before a call is tried again (default 1 s)',
  RETRY_CAP_SECONDS: 'The longest such wait (default 30 s)',
  POLL_BASE_SECONDS: 'The longest first wait of --local before it looks again (default 2 s)',
  POLL_CAP_SECONDS: 'The longest such wait (default 15 s)',
  CONFIG_ENDPOINT: 'Base URL of Cloud Config (default by site)',
  RESOURCE_MANAGER_ENDPOINT: 'Base URL of the resource directory',
  LOG_ENDPOINT: 'Base URL of Log Service (default by region)',
  FC_ENDPOINT: 'Base URL of Function Compute (default by account and region)',
  ROS_ENDPOINT: 'Base URL of Resource Orchestration Service',
  NO_COLOR: 'Anything: no colours',
} as const;

export type EnvironmentName = keyof typeof ENVIRONMENT;

/** Every command needs these. */
export const CONNECTION: readonly EnvironmentName[] = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABA_CLOUD_SECURITY_TOKEN',
  'REGION',
];

/** What a run reads, in the function or with `--local`. */
export const RUN_ENVIRONMENT: readonly EnvironmentName[] = [
  'LOG_PROJECT',
  'LOG_STORE',
  'ALIBABA_CLOUD_SITE',
  'ACCOUNT_GROUP_ID',
  'OVERDUE_AFTER_SECONDS',
  'VERIFY_FOR_SECONDS',
  'RETRY_BASE_SECONDS',
  'RETRY_CAP_SECONDS',
  'POLL_BASE_SECONDS',
  'POLL_CAP_SECONDS',
];
