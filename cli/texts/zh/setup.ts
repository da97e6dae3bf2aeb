import type { Texts } from '../en.ts';

const UNITS = { days: '天', seconds: '秒' } as const;

export const setup: Texts['setup'] = {
  templateLanguage: 'zh-cn',
  noValue: '（无）',
  lines: (lines) => `（${lines} 行）`,
  characters: (characters) => `（${characters} 个字符）`,
  change: (before, after) => `${before} → ${after}`,
  irreversible: {
    removed: (logicalId, type) => `${logicalId}（${type}）及其全部内容将被删除。`,
    shortened: (logicalId, before, after, unit) =>
      `${logicalId} 的保留时间将从 ${before} ${UNITS[unit]}改为 ${after} ${UNITS[unit]}：更早的内容会被删除。`,
    all: (lost) => `${lost.join('')}此操作无法撤销。`,
  },
  resultStore: {
    Existing: (project) => `日志项目 ${project} 及其中的结果是之前留下的：新的资源栈会继续使用它。`,
    ExistingLogstore: (project) =>
      `日志项目 ${project} 是之前留下的，但其中的结果没有索引：新的资源栈会继续使用它，并新建索引。`,
    ExistingProject: (project) =>
      `日志项目 ${project} 是之前留下的，但其中没有存放结果的日志库：新的资源栈会继续使用它，并新建日志库。`,
  },
  comparing: (stack) => `正在比较模板与资源栈 ${stack}`,
  underWay: (stack, status) => `正在等待资源栈 ${stack}：其状态为 ${status}`,
  nothing: (stack) => `无需更改：资源栈 ${stack} 与模板一致。`,
  clear: (stack, status) =>
    `资源栈 ${stack} 处于 ${status} 状态且没有任何资源：将删除它，并按模板重新创建。`,
  clearRest: (stack, status, reason) =>
    `资源栈 ${stack} 处于 ${status} 状态（${reason}）。将删除其剩余部分（结果除外），并按模板重新创建。`,
  willBeCreated: (stack) => `将创建资源栈 ${stack}：`,
  willBeUpdated: (stack) => `将更新资源栈 ${stack}：`,
  planOnly: '以上是执行计划。未做任何更改。',
  clearing: (stack) => `正在删除资源栈 ${stack} 的剩余部分`,
  complete: (stack) => `资源栈 ${stack} 已就绪。`,
  next: '下一步：用 npm run deploy 部署函数。',
  goesOn: 'ROS 会在没有本命令的情况下继续。再次执行 onboard setup 可以查看结果。',
  failed: (what, message) => `${what}：${message}`,
  stackFailed: (stack) => `资源栈 ${stack} 失败`,
  resourceFailed: (logicalId, type) => `${logicalId}（${type ?? '类型未知'}）失败`,
  failedIn: (status) => `资源栈处于 ${status} 状态。排除原因后，请再次执行 onboard setup。`,
  roles: {
    looking: '正在查找服务关联角色',
    missing: (role, service) => `将为 ${service} 创建服务关联角色 ${role}。`,
    created: (role) => `服务关联角色 ${role} 已创建。`,
  },
  eventPathMissing: (reason) =>
    `缺少事件通路：${reason} 其余均已就绪，新账号会由定时任务在五分钟内覆盖。排除原因后，请再次执行 npm run deploy。`,
  noReason: '没有给出原因',
  progress: (done, total, logicalId, status) => `已完成 ${done}/${total}：${logicalId} ${status}`,
  columns: {
    action: '操作',
    resource: '资源',
    type: '类型',
    replacement: '替换',
    property: '属性',
    values: '原值 → 新值',
    output: '输出',
    value: '值',
  },
  actions: { Add: '新增', Modify: '修改', Remove: '移除', keep: '保留', delete: '删除' },
  replacement: { True: '是：删除后重新创建', Conditional: '可能', False: '否' },
  remove: {
    willBeDeleted: (stack) => `资源栈 ${stack} 及其所含资源将被删除。`,
    projectWillGo: (project) =>
      `日志项目 ${project} 及其中的全部结果将被删除：即每个账号的审计记录。`,
    functionsUseIt: (functions) =>
      `以下函数仍已部署，并使用其角色：${functions.join('、')}。没有这些角色，函数会失败。npm run deploy -- --remove 会先移除函数。`,
    functionsUnknown: (reason) => `无法得知是否仍有已部署的函数使用其角色（${reason}）。`,
    none: (stack, region) => `${region} 没有资源栈 ${stack}：无需移除。`,
    keptAsAnothers: (project) =>
      `日志项目 ${project} 予以保留：其中的结果可能属于另一个名称的资源栈。如仍要删除：`,
    wouldBeDeleted: (stack) => `将会删除资源栈 ${stack}：`,
    projectWouldGo: (project) => `日志项目 ${project} 及其中的全部结果将会被删除。`,
    projectWouldStay: (project) => `日志项目 ${project} 及其结果将会保留。`,
    removing: (stack) => `正在移除资源栈 ${stack}`,
    removed: (stack) => `资源栈 ${stack} 已移除。`,
    interrupted: '已中断。已开始的删除由 ROS 继续；日志项目予以保留。再次查看并继续：',
    kept: (project) => `日志项目 ${project} 及其结果（如有）予以保留。如要删除：`,
    deletingProject: (project) => `正在删除日志项目 ${project}`,
    projectGone: (project) => `日志项目 ${project} 及其中的全部结果已删除。`,
    noProject: (project) => `没有日志项目 ${project}：无需删除。`,
  },
};
