import type { Texts } from './texts/en.ts';

/** What the command reads of its environment; the texts say what each is, the settings parse it. */
export type EnvironmentName = keyof Texts['help']['environment'];

/** Every command needs these. */
export const CONNECTION: readonly EnvironmentName[] = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABA_CLOUD_SECURITY_TOKEN',
  'REGION',
];

/** What a look at the members reads. */
export const LOOK_ENVIRONMENT: readonly EnvironmentName[] = [
  'LOG_PROJECT',
  'LOG_STORE',
  'ALIBABA_CLOUD_SITE',
  'ACCOUNT_GROUP_ID',
  'OVERDUE_AFTER_SECONDS',
  'RETRY_BASE_SECONDS',
  'RETRY_CAP_SECONDS',
];

/** What a run reads, in the function or with `--local`. */
export const RUN_ENVIRONMENT: readonly EnvironmentName[] = [
  ...LOOK_ENVIRONMENT,
  'VERIFY_FOR_SECONDS',
  'POLL_BASE_SECONDS',
  'POLL_CAP_SECONDS',
];
