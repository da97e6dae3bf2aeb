import { isBuilding, isEnabled } from '../../../workflows/onboarding/coverage.ts';
import type { Texts } from '../en.ts';
import type { PlanFacts } from '../plan-facts.ts';

/** By the facts that the plan rests on, in the workflow's own order. */
function reasonOf({ organizationStatus, accounts }: PlanFacts): string {
  const { none, await: building, start, verify, skip } = accounts;
  const inScope = none + building + start + verify;
  if (inScope > 0 && none === inScope) return '范围内的账号都已覆盖。';
  if (inScope > 0 && start + verify === 0) return '尚缺的配置记录器正在建立中。';
  if (inScope === 0 && skip > 0) return '范围内没有成员账号。';
  if (organizationStatus === undefined) return '无法确定企业版是否已开启。';
  if (!isEnabled(organizationStatus) && !isBuilding(organizationStatus)) {
    return `企业版未开启：组织的状态为 ${organizationStatus}。`;
  }
  if (start > 0) return `${inScope} 个账号中有 ${start} 个未在账号组中注册。`;
  return verify > 0 ? '企业版已开启，但账号组无法读取。' : '企业版已开启，但资源目录没有成员账号。';
}

export const run: Texts['run'] = {
  where: {
    function: (name) => `函数 ${name} `,
    here: '本进程',
  },
  planning: (where) => `正在读取${where}的执行计划`,
  plan: {
    title: '执行计划',
    starts: '将启动配置记录器，对整个组织启动一次。',
    startsNot: '不会启动配置记录器。',
    why(facts) {
      const next = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/.exec(facts.reason)?.[0];
      const due =
        next === undefined ? '' : `此前已为此启动过配置记录器；下一次启动的时间为 ${next}。`;
      return `${reasonOf(facts)}${due}`;
    },
    columns: { accounts: '账号数', step: '步骤', means: '原因' },
    steps: {
      none: '已覆盖',
      await: '正在建立：只需等待',
      start: '不在账号组中，或在账号组中未注册',
      verify: '账号组无法读取：对这些账号一无所知',
      skip: '不是成员账号：不处理',
    },
  },
  firstStart:
    '企业版未开启。这次运行会开启它：此后配置审计会记录资源目录中每个成员账号的资源，而不仅是这次运行所涉及的账号，之后加入的账号也包括在内。无法在保留已有记录的前提下退回。',
  dryRun: '未做任何更改：这是一次试运行。',
  started: (where) => `已在${where}中启动。在任何机器上、任何时候都可以查看：`,
  startedHere: '已在本地启动：中断本命令即终止运行。在任何机器上查看它已记录的内容：',
  startIsUncertain: '运行可能仍已启动：onboard status 会显示它所记录的内容，再次启动也是安全的。',
  startIsNameless: '运行已启动，但服务没有给出请求 ID：onboard status 会显示它所记录的内容。',
  noPlan: (who) => `${who}对试运行的应答不是执行计划：它是本项目的 backfill 函数吗？`,
  covered: (covered, total, members) => {
    if (total !== undefined) return `已覆盖 ${covered}/${total}`;
    return members === undefined
      ? `目前已覆盖 ${covered} 个`
      : `已覆盖 ${covered}/${members}（至多为资源目录的全部成员账号）`;
  },
  since: (elapsed, longest) => `${elapsed}，最多 ${longest}`,
  failed: (failed) => `${failed} 个失败`,
  left: (estimate) => `还需${estimate}`,
  usual: '通常需要 2 到 10 分钟',
  unusual: '比通常更久：一般为 2 到 10 分钟',
  interruptedBefore: '已中断。没有启动任何运行。',
  interrupted: '已中断；运行仍在继续。继续查看：',
  interruptedHere:
    '已中断，运行也随之终止。此前得出的结果在日志库中；已启动的配置记录器仍会继续建立，再次运行是安全的。查看它所记录的内容：',
  after: (duration) => `${duration}之后`,
  overHere: '运行已结束，但它所记录的内容还不能全部读到。',
  silent:
    '读不到这次运行的任何内容：它尚未开始，或在记录任何内容之前就已终止，或 ID 有误。再次执行 backfill 是安全的。',
  notOver: '运行尚未结束。只要函数允许，它就会继续。',
  lastLookFailed: (message) => `最近一次查看日志库失败：${message}`,
  lookAgain: '再次查看：',
  lookAgainAndWatch: '再次查看并持续跟踪：',
  ending: {
    rejected: '运行被拒绝。',
    failed: '运行失败。',
    nothing: '没有需要接入的账号。',
    one: '该账号已覆盖。',
    all: (total, newly) =>
      `全部 ${total} 个账号均已覆盖${newly === 0 ? '' : `，其中 ${newly} 个由这次运行覆盖`}。`,
    some: (covered, total, others) => `${total} 个账号中 ${covered} 个已覆盖：${others}。`,
    id: (runId, duration) => `运行 ${runId}，${duration}`,
    more: (more) => `另有 ${more} 个：onboard status --uncovered 会全部列出。`,
  },
  replay: {
    looking: '正在查找未了结的账号',
    gone: (ids) => `已不是成员账号，略过：${ids}`,
    nothing:
      '没有需要重新运行的账号：日志库中没有成员账号的最近一次结果是 failed、pending 或 overdue。',
    notAllCovered: '但并非全部已覆盖：onboard status 说明哪些未覆盖，onboard backfill 会接入它们。',
    more: (more) => `另有 ${more} 个。`,
    run: (at, total, accounts) => `第 ${at} 次运行（共 ${total} 次）：${accounts} 个账号`,
    notStarted: (runs) => `还有 ${runs} 次运行未启动：请再次执行 onboard replay。`,
    notInGroup: '不在账号组中',
    recorder: (status) => `配置记录器 ${status}`,
  },
  counts: (counts, kinds) => kinds.map((kind) => `${counts[kind]} 个 ${kind}`).join('，'),
};
