import type { Texts } from '../en.ts';

export const account: Texts['account'] = {
  looking: (accountId) => `正在查看 ${accountId}`,
  unknown: (accountId) => `资源目录中没有 ${accountId}，日志库中也没有它的结果。`,
  gone: '不在（或已不在）资源目录中：以下是曾经记录的内容',
  facts: {
    folder: '资源夹',
    joined: '加入时间',
    state: '状态',
    recorder: '配置记录器',
    whatToDo: '如何处理',
  },
  timeline: '时间线',
  noResults: '没有记录任何结果。',
  times: (results, until) => `共 ${results} 次，直到 ${until}`,
  by: {
    event: (name) => `事件 ${name}`,
    schedule: '定时任务',
    manual: '人工',
  },
  starts: (attempts) =>
    attempts === 1 ? '启动了配置记录器' : `启动了配置记录器，共尝试 ${attempts} 次`,
  ids: { run: '运行', request: '函数请求', cloud: '依据', event: '事件' },
};

export const logs: Texts['logs'] = {
  looking: '正在读取函数打印的内容',
  none: (days) => `最近 ${days} 天函数没有打印任何内容，或者还读不到。`,
  following: (interval) => `持续跟踪中：每 ${interval}查看一次，按 Ctrl-C 结束`,
};

export const runs: Texts['runs'] = {
  looking: '正在读取各次运行',
  none: (days) => `最近 ${days} 天没有运行。`,
  columns: {
    ended: '结束时间',
    trigger: '触发方式',
    outcome: '结论',
    run: '运行',
    found: '发现',
  },
  folded: (runs) => `${runs} 次运行，直到`,
  starts: (attempts) => `启动 ${attempts} 次`,
  summary: (total, days, outcomes) => `最近 ${days} 天共 ${total} 次运行：${outcomes}。`,
};
