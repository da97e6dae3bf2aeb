import type { Texts } from '../en.ts';

export const whereabouts: Texts['whereabouts'] = {
  line: (parts) => `操作位置：${parts.join('，')}。`,
  management: (accountId) => `管理账号 ${accountId}`,
  other: (accountId, managementAccountId) =>
    `账号 ${accountId}，它不是管理账号（${managementAccountId}）`,
  ofUnknownDirectory: (accountId) => `账号 ${accountId}，其资源目录暂时无法读取`,
  unknown: '暂时无法得知的账号',
  directory: (directoryId) => `资源目录 ${directoryId}`,
  region: (region) => `地域 ${region}`,
  credentials: {
    environment: () => '环境变量中的凭证',
    oidc: () => 'OIDC 角色的凭证',
    'cli-profile': (profile) =>
      profile === undefined ? 'aliyun CLI 当前配置的凭证' : `配置 ${profile} 的凭证`,
    file: () => '~/.alibabacloud/credentials 中的凭证',
    'ecs-role': () => '本机 RAM 角色的凭证',
    uri: () => 'ALIBABA_CLOUD_CREDENTIALS_URI 的凭证',
    other: () => '默认凭证链的凭证',
  },
  cloud: '阿里云',
  sandbox: (url) => `沙箱 ${url}`,
  mixed: (cloud) => `沙箱，但 ${cloud} 除外`,
};
