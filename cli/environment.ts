/** What the command reads of its environment, as `--help` shows it. `alicloud/settings.ts` parses it. */
export const ENVIRONMENT = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'Of the management account',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'Its secret',
  ALIBABA_CLOUD_SECURITY_TOKEN: 'Its token, if it is temporary',
  REGION: 'Of all that is deployed (cn-hangzhou)',
  ALIBABA_CLOUD_SITE: 'china or international (china)',
  LOG_PROJECT: 'Of the results (account-onboarding-{id})',
  LOG_STORE: 'The logstore in it (results)',
  ACCOUNT_GROUP_ID: 'To verify in (the global account group)',
  OVERDUE_AFTER_SECONDS: 'After joining, and not covered (86400)',
  VERIFY_FOR_SECONDS: 'Of --local: at most, for coverage (660)',
  CONFIG_ENDPOINT: 'Base URL of Cloud Config (by site)',
  RESOURCE_MANAGER_ENDPOINT: 'Of the resource directory',
  LOG_ENDPOINT: 'Of Log Service (by region)',
  FC_ENDPOINT: 'Of Function Compute (by account, region)',
  ROS_ENDPOINT: 'Of Resource Orchestration Service',
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
