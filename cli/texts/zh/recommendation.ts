import { matchesCode } from '../../../workflows/onboarding/error-rules.ts';
import type { Finding } from '../finding.ts';

const waitForTheCloud =
  '无需操作：下一次运行会重试；如果一直失败，请查看阿里云的状态页面，并附上请求 ID 提交工单。';
const slowDown =
  '无需操作：下一次运行会重试；如果持续出现，请查明本账号中还有什么在频繁调用该接口。';
const enableDirectory = '请在本账号中开通资源目录，或把函数部署到资源目录所属的账号。';
const repairCredentials =
  '请检查函数的角色是否存在并信任 fc.aliyuncs.com；在函数计算之外，请更新环境中的凭证。';

/** By the codes of the workflow's own table, in its order. */
const BY_CODE: Readonly<Record<string, string>> = {
  ProcessIsRunning: '无需操作：配置审计仍在初始化，下一次运行会再次查看。',
  InternalError: waitForTheCloud,
  InternalServerError: waitForTheCloud,
  LogStoreNotExist: '请创建 LOG_STORE 所指的日志库，或更正 LOG_STORE。',
  MalformedAnswer: waitForTheCloud,
  NoAnswer: waitForTheCloud,
  ProjectNotExist: '请在 LOG_ENDPOINT 所在地域创建 LOG_PROJECT 所指的日志项目，或更正这两项设置。',
  ServerBusy: waitForTheCloud,
  ServiceUnavailable: waitForTheCloud,
  ReadQuotaExceed: slowDown,
  'Rejected.Throttling': slowDown,
  ResourceExhausted: slowDown,
  ResourceThrottled: slowDown,
  ShardReadQuotaExceed: slowDown,
  ShardWriteQuotaExceed: slowDown,
  'Throttling*': slowDown,
  WriteQuotaExceed: slowDown,
  CreateSLRFail:
    '请在 RAM 控制台创建服务关联角色 AliyunServiceRoleForConfig，或为 config.aliyuncs.com 授予 ram:CreateServiceLinkedRole 权限，然后执行 onboard replay。',
  AccountNotExisted: '请用管理账号登录一次配置审计控制台以开通服务，然后执行 onboard replay。',
  'EntityNotExists.ResourceDirectory': enableDirectory,
  'Invalid.AggregatorId.Value':
    '请更正 ACCOUNT_GROUP_ID，或将其移除以自动查找账号组，并授予对它的 config:GetAggregator 权限。',
  'InvalidAccessKeyId*': repairCredentials,
  'InvalidSecurityToken*': repairCredentials,
  NotManagementAccount: '请把函数部署到资源目录的管理账号，或使用其凭证。',
  RDMemberNoPermission: '请把函数部署到资源目录的管理账号，并在该账号开通资源目录。',
  ResourceDirectoryNotInUse: enableDirectory,
  SignatureDoesNotMatch: repairCredentials,
  SignatureNotMatch: repairCredentials,
};

/** The codes whose remedy names an action, which the stored recommendation holds. */
const DENIED = ['Forbidden*', 'NoPermission', 'Unauthorized'];

/** `undefined`: there is none, and the stored one is shown. */
export function recommendation(finding: Finding): string | undefined {
  const { outcome, recommendation: stored = '' } = finding;
  switch (outcome) {
    case 'failed':
      return ofFailure(finding);
    case 'skipped':
      return `在资源目录中的状态为 ${/ is ([A-Z]\w+)/.exec(stored)?.[1]}：不是成员账号。`;
    case 'overdue':
    case 'pending': {
      const next = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/.exec(stored)?.[0];
      const start = next === undefined ? '' : `定时任务将于 ${next} 再次启动配置记录器。`;
      return `${ofOpen(outcome, finding)}${start}`;
    }
  }
  return undefined;
}

function ofOpen(outcome: 'overdue' | 'pending', { recorderStatus, recommendation }: Finding) {
  // Only the stored one tells a group that nobody sees from an account that is in none.
  if (recommendation?.includes('ACCOUNT_GROUP_ID')) {
    return '看不到账号组：如果它属于委派管理员，请设置 ACCOUNT_GROUP_ID；否则请在配置审计控制台重新创建全局账号组。';
  }
  if (outcome === 'overdue') {
    return recorderStatus === undefined
      ? '请在配置审计控制台打开账号组，查明其中为何缺少成员账号：账号组可能已满，或属于委派管理员。'
      : `配置记录器的状态一直为 ${recorderStatus}：请向配置审计提交工单，写明账号 ID 和请求 ID。`;
  }
  return recorderStatus === undefined
    ? '无需操作：尚未进入账号组，下一次运行会再次查看。'
    : `无需操作：配置记录器的状态为 ${recorderStatus}，下一次运行会再次查看。`;
}

function ofFailure({ errorCode, recommendation: stored = '' }: Finding): string | undefined {
  if (errorCode === undefined) return undefined;
  const action = /\b[a-z]+:[A-Z]\w+/.exec(stored)?.[0];
  if (DENIED.some((code) => matchesCode(code, errorCode))) {
    return action === undefined
      ? undefined
      : `请为发起该调用的身份授予 ${action} 权限：即函数的角色；使用 --local 时，为操作者自己的用户或角色。`;
  }
  const found = Object.keys(BY_CODE).find((code) => matchesCode(code, errorCode));
  if (found !== undefined) return BY_CODE[found];
  // Of an unknown code, only what has to be looked up names it.
  return stored.includes(errorCode)
    ? `请在文档中查找错误码 ${errorCode}，更正其所指的问题，然后执行 onboard replay。`
    : waitForTheCloud;
}
