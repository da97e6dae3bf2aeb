/** Where a command acts, and as whom: one line before anything else. */
export const whereabouts = {
  line: (parts: readonly string[]) => `Acting in ${parts.join(', ')}.`,
  management: (accountId: string) => `management account ${accountId}`,
  other: (accountId: string, managementAccountId: string) =>
    `account ${accountId}, which is not the management account (${managementAccountId})`,
  ofUnknownDirectory: (accountId: string) =>
    `account ${accountId}, whose resource directory can't be read just now`,
  unknown: "an account that can't be told just now",
  directory: (directoryId: string) => `directory ${directoryId}`,
  region: (region: string) => `region ${region}`,
  credentials: {
    environment: () => 'credentials of the environment',
    oidc: () => 'credentials of an OIDC role',
    'cli-profile': (profile: string | undefined) =>
      profile === undefined
        ? "credentials of the aliyun CLI's current profile"
        : `credentials of the profile ${profile}`,
    file: () => 'credentials of ~/.alibabacloud/credentials',
    'ecs-role': () => "credentials of this machine's RAM role",
    uri: () => 'credentials of ALIBABA_CLOUD_CREDENTIALS_URI',
    other: () => 'credentials of the default chain',
  },
  cloud: 'Alibaba Cloud',
  sandbox: (url: string) => `sandbox at ${url}`,
  mixed: (cloud: string) => `a sandbox, except for ${cloud}`,
};
