import type { Texts } from '../en.ts';

export const status: Texts['status'] = {
  looking: '正在查看每个成员账号',
  none: '资源目录中没有成员账号。',
  noneNamed: '这些账号都不是成员账号。',
  unknown: (total) => `无法得知 ${total} 个成员账号是否已覆盖：账号组无法读取。`,
  all: (total) => `全部 ${total} 个成员账号均已覆盖。`,
  some: (covered, total, others) => `${total} 个成员账号中 ${covered} 个已覆盖：${others}。`,
  uncoveredHint: 'onboard status --uncovered 说明未覆盖的账号如何处理。',
  enterpriseModeIsOff: (organizationStatus) =>
    `企业版未开启（组织状态为 ${organizationStatus}），新的成员账号不会被记录。onboard backfill 会开启它。`,
  unreadable: (what, operation, code, message, advice) =>
    `${what}无法读取：${operation} 失败：${code}: ${message} ${advice}`,
  accountGroup: '账号组',
  logStore: '日志库',
  folderNames: '资源夹的名称',
  enterpriseMode: '企业版是否开启',
  noGroup: '看不到任何账号组：如果账号组属于委派管理员账号，请设置 ACCOUNT_GROUP_ID。',
  noResults: '日志库中还没有结果。',
  more: (members) => `另有 ${members} 个：--limit 限制了显示的数量。`,
  watching: (interval) => `持续查看中：每 ${interval}查看一次，按 Ctrl-C 结束`,
  changes: {
    from: (before, now) => `${before} → ${now}`,
    joined: (state) => `已加入，${state}`,
    left: '已离开资源目录',
  },
  columns: {
    account: '账号',
    name: '名称',
    recorder: '配置记录器',
    lastResult: '最近一次结果',
    when: '时间',
    outcome: '结论',
    because: '原因',
    whatToDo: '如何处理',
  },
  noneYet: '尚无',
  notInGroup: '不在账号组中',
  recorderUnknown: '未知',
  asAbove: '同上',
  advice: {
    turnOn: '请执行 onboard backfill：它会开启企业版。',
    overdue: '没有结果说明原因：请执行 onboard backfill，并查看它所记录的内容。',
    wait: '无需操作：下一次运行会再次查看。',
  },
};
