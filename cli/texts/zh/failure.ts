import type { Texts } from '../en.ts';
import { settings } from './settings.ts';

/** Account and folder ids that an error of the workflow names. */
const ID = /\b(?:\d{10,20}|(?:fd|r)-\w+)\b/g;

export const failure: Texts['failure'] = {
  cloud: (operation, code, message) => `${operation} 失败：${code}: ${message}`,
  requestId: (requestId) => `请求 ID：${requestId}`,
  function: (name, message) => `函数失败：${name}: ${message}`,
  functionRequestId: (requestId) => `请求 ID：${requestId}，见函数日志（日志库 function-logs）。`,
  settings,
  workflow: {
    AccountsFailed: (message) => `部分账号失败：${message}`,
    InputRejected: (message) => `输入无法使用，已记录为 rejected：${message}`,
    NoAccountInScope: (message) =>
      `资源目录中没有符合条件的账号，或没有所指定的账号（${(message.match(ID) ?? []).join('、')}）：请更正 --account、--folder 或 --exclude。`,
    ResultsNotStored: (message) => `部分结果没有写入日志库，而是写到了标准输出：${message}`,
  },
  readHelp: (command) => `${command} --help 说明用法。`,
  unexpected: (error) => `意外错误 ${error}`,
  debug: '加上 --debug 再次执行，可以看到错误来自何处。',
  interrupted: '已中断。',
  noLogProject: (project) => `日志项目 ${project}`,
  noLogstore: (logstore, project) => `日志项目 ${project} 中的日志库 ${logstore}`,
  noLogStore: (missing, code) =>
    `没有${missing}（${code}）。onboard setup 会创建日志库，约一分钟后可以读取；如果它在别处，请更正 LOG_PROJECT、LOG_STORE 和 REGION。`,
};

export const advice: Texts['advice'] = {
  credentials: '请更新环境中的凭证：ALIBABA_CLOUD_ACCESS_KEY_ID 及其密钥，如有安全令牌也一并更新。',
  allow: (action) => `请为这些凭证所属的用户或角色授予 ${action} 权限。`,
  deploy: '请部署函数（npm run deploy），或用 --function 指定函数：函数计算 2.0 为 service/name。',
  logStore: '请用 `onboard setup` 创建日志库，或更正 LOG_PROJECT、LOG_STORE 和 REGION。',
  index: '日志库缺少 stack.yaml 所定义的索引：`onboard setup` 会创建它。',
  directory: '请使用资源目录所属账号的凭证，或在本账号中开通资源目录。',
  parameter: '只能给出 stack.yaml 的参数：见其中的 Parameters 一节。',
  network: '请检查网络、REGION 和环境中的各服务地址，然后重试。',
  lookUp: (code, operation) =>
    `请在文档中查找 ${operation} 的错误码 ${code}，更正其所指的问题，然后再次执行命令。`,
  later: (operation) =>
    `请一分钟后再次执行命令；如果 ${operation} 一直失败，请查看阿里云的状态页面，并附上请求 ID 提交工单。`,
};

export const usage: Texts['usage'] = {
  unknownCommand: (typed) => `没有命令 ${typed}。`,
  noCommand: (commands) => `请给出命令：${commands}。`,
  unknownOption: (typed) => `没有选项 ${typed}。`,
  didYouMean: (meant) => `是否是指 ${meant}？`,
  needsValue: (option) => `${option} 需要一个值。`,
  givenTwice: (option) => `${option} 给出了两次。`,
  missingArgument: (argument) => `缺少参数 ${argument}。`,
  unexpectedArgument: (argument) => `多余的参数 ${argument}。`,
  shell: (typed, known) => `不支持为 ${typed} 生成补全脚本：支持 ${known}。`,
  completionHasNoJson: 'completion 没有 --json：它输出的是 shell 的脚本。',
  language: (typed) => `本命令没有 --lang ${typed} 这种语言：可用 en 和 zh。`,
  accountId: (typed) => `${typed} 不是有效的账号 ID：账号 ID 只含数字，例如 1000000000000002。`,
  folderId: (typed) => `${typed} 不是有效的资源夹 ID：它以 fd- 开头，根资源夹以 r- 开头。`,
  jsonOrCsv: '--json 和 --csv 只能给出一个。',
  days: (typed, most) => `--days ${typed} 不是 1 到 ${most} 之间的整数。`,
  trigger: (typed) => `--trigger ${typed} 不是 event、schedule、manual 之一。`,
  limit: (typed) => `--limit ${typed} 不是大于等于 1 的整数。`,
  seconds: (option, typed, most) => `${option} ${typed} 不是 1 到 ${most} 之间的整秒数。`,
  state: (typed, known) => `--state ${typed} 不是以下之一：${known}。`,
  stateOrUncovered: '--state 和 --uncovered 只能给出一个。',
  watchHasNoCsv: '--watch 可与 --json 一起使用，不能与 --csv 一起使用。',
  intervalAlone: '--interval 只能与 --watch 一起使用。',
  pageNeedsFile: '请给出 --out FILE.html：网页写入文件。',
  outFile: (file, reason) => `无法写入 --out ${file}：${reason}。`,
  localHasNoFunction: '--local 在本地运行：不能再用 --function 指定函数。',
  functionName: (typed) => `${typed} 不是有效的函数：请给出函数名，函数计算 2.0 为 service/name。`,
  wait: (typed, longest) => `--wait ${typed} 不是 1 到 ${longest} 之间的整秒数。`,
  followId: (typed) => `${typed} 不是有效的运行 ID 或请求 ID。`,
  followAlone: '--follow 按启动时的设置查看一次运行：不能与其他选项一起使用。',
  deleteResultsAlone: '--delete-results 只能与 --remove 一起使用。',
  parameterOfRemoval: '--parameter 不能与 --remove 一起使用。',
  notTheLogProject: (given, project) => `--log-project ${given} 不是该日志项目，应为 ${project}。`,
  parameterForm: '--parameter 的形式为 KEY=VALUE，例如 RetentionDays=730。',
  parameterValue: (key, constraint) =>
    `--parameter ${key} 超出取值范围${constraint === undefined ? '' : `：${constraint}`}。`,
  unknownParameter: (key, known) => `stack.yaml 没有参数 ${key}：它有 ${known}。`,
};
