import type { SettingProblem, SettingsFault } from '../../../alicloud/settings-error.ts';

/** What is wrong with one setting, said after its name. */
const PROBLEMS: Readonly<Record<SettingProblem, string>> = {
  'endpoint-parts': '只能包含协议、主机和端口',
  'endpoint-scheme': '必须以 https:// 开头（http:// 只能用于本机回环地址）',
  'endpoint-url': '不是有效的 URL，例如 https://config.cn-shanghai.aliyuncs.com',
  key: '含有密钥中不会出现的字符，例如末尾的换行符',
  logstore: '不是有效的日志库名称：2 到 63 个小写字母、数字、连字符和下划线',
  'poll-cap': '不能小于 POLL_BASE_SECONDS',
  project: '不是有效的日志项目名称：3 到 63 个小写字母、数字和连字符',
  region: '不是有效的地域，例如 cn-hangzhou',
  required: '必须设置',
  'retry-cap': '不能小于 RETRY_BASE_SECONDS',
  seconds: '不是有效的秒数，例如 30 或 0.5',
  'seconds-from-0': '不能小于 0 秒',
  'seconds-from-0.001': '不能小于 0.001 秒',
  site: '只能是 china 或 international',
};

const REMEDIES = {
  function: '请更正函数的环境变量（s.yaml 中的 environmentVariables）。',
  operator: '请在环境变量中设置：`onboard --help` 说明每一项的含义。',
} as const;

export function settings(fault: SettingsFault): string {
  switch (fault.kind) {
    case 'settings': {
      const { problems, reader } = fault;
      const all = problems.map(({ name, problem }) => `${name} ${PROBLEMS[problem]}`);
      return `${problems.length} 项设置有误：${all.join('；')}。${REMEDIES[reader]}`;
    }
    case 'region':
      return `地域${PROBLEMS.region}。`;
    case 'function-credentials':
      return '函数没有凭证：请为它配置信任 fc.aliyuncs.com 的角色（s.yaml 中的 role）。';
    case 'no-credentials':
      return `没有找到凭证${because(fault.code)}：请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，或用 --profile 指定 aliyun CLI 的配置，或在由 RAM 角色（OIDC、ECS）或 ALIBABA_CLOUD_CREDENTIALS_URI 提供凭证的环境中执行。`;
    case 'profile-credentials':
      return `配置 ${fault.profile} 没有给出凭证${because(fault.code)}：\`aliyun sts GetCallerIdentity --profile ${fault.profile}\` 可以显示原因。`;
    case 'no-configuration':
      return `--profile ${fault.profile}：没有 ${fault.path}。\`aliyun configure --profile ${fault.profile}\` 会创建它。`;
    case 'not-a-configuration':
      return `${fault.path} 不是 aliyun CLI 的配置文件。`;
    case 'no-profile':
      return `${fault.path} 中没有配置 ${fault.profile}：已有 ${fault.profiles.join('、')}。`;
    case 'other-directory':
      return `MANAGEMENT_ACCOUNT_ID 为 ${fault.expected}，但这些凭证所在的资源目录属于 ${fault.ownerId}：请更正其中之一。`;
    case 'other-caller':
      return `MANAGEMENT_ACCOUNT_ID 为 ${fault.expected}，但这些凭证属于账号 ${fault.callerId}：请使用管理账号的凭证。`;
  }
}

function because(code: string | undefined): string {
  return code === undefined ? '' : `（${code}）`;
}
