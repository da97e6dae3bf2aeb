import type { Texts } from '../en.ts';

/** `backfill` 和 `replay` 共用。 */
const runOptions = {
  dryRun: '显示执行计划，不做任何更改',
  function: '已部署的函数（默认 backfill）；函数计算 2.0 为 service/name',
  local: '使用当前凭证在本地运行，而不是在函数中运行',
  wait: '最多等待运行结束的秒数（840：函数允许的时长再加一分钟）；--local 的运行到时即结束，并已记录结果',
};

/** `backfill` 和 `status` 共用。 */
const filterOptions = {
  account: '只针对该账号',
  folder: '只针对该资源夹及其下级资源夹',
};

export const commands: Texts['commands'] = {
  setup: {
    summary: '创建或更新函数所依赖的资源',
    description: [
      '日志库、仪表盘、告警、角色和队列组成一个 ROS 资源栈，即 stack.yaml。命令先生成更改集并显示，然后执行；重复执行不会更改任何内容。缺少的服务关联角色也会一并创建。--event-rule 对把账号事件送达函数的规则做同样的事，它是另一个资源栈。--remove 删除资源栈，保留存放结果的日志项目。',
    ],
    options: {
      dryRun: '显示执行计划（包括 --remove 的计划），不做任何更改',
      parameter: 'stack.yaml 的一个参数，例如 RetentionDays=730',
      stack: '资源栈的名称（account-onboarding）；其中资源的名称是固定的，因此一个账号只能有一个',
      remove: '删除资源栈，保留结果',
      deleteResults: '与 --remove 一起使用：连同日志项目和所有结果一起删除',
      eventRule: '改为设置事件通路，即 event-rule.yaml：在函数部署之后执行',
      noNext: '不提示下一步，也不说明这只是计划',
    },
    examples: [
      { command: 'onboard setup --dry-run', does: '显示将创建或更改的内容。' },
      {
        command: 'onboard setup --parameter AlertActionPolicy=ops-dingtalk',
        does: '按该行动策略发送告警。',
      },
      { command: 'onboard setup --remove --dry-run', does: '显示将删除和将保留的内容。' },
      { command: 'onboard setup --remove', does: '删除结果以外的全部内容。' },
    ],
  },
  backfill: {
    summary: '确保每个成员账号都由配置审计记录，并持续显示过程',
    description: [
      '先读取并显示执行计划，然后启动运行：在已部署的函数中，或者加 --local 在本地。如有缺少，运行会为整个组织启动一次配置记录器，等待每个账号得到核实，并把每个账号的结果写入日志库。可以放心重复执行：它先查看，只补做缺少的部分。',
      '运行不依赖本命令。中断命令或断开连接后，运行仍会继续；之后在任何机器上都可以凭所显示的 ID 用 --follow 继续查看。',
    ],
    options: {
      ...filterOptions,
      ...runOptions,
      exclude: '除该账号以外的全部账号',
      follow: '继续查看之前启动的运行：给出运行 ID，或当时显示的请求 ID',
    },
    examples: [
      {
        command: 'onboard backfill --dry-run',
        does: '说明是否会启动配置记录器、原因，以及各状态的账号数量。',
      },
      { command: 'onboard backfill', does: '接入所有成员账号，并显示需要处理的账号。' },
      {
        command: 'onboard backfill --folder fd-sandboxes --exclude 1000000000000002',
        does: '接入一个资源夹，排除一个账号。',
      },
      {
        command: 'onboard backfill --function onboarding/backfill',
        does: '同上，通过函数计算 2.0 的函数执行。',
      },
      {
        command: 'onboard backfill --follow 1F5B0A6C-0F5E-4C1E-8B7C-3C7E2D4A9B10',
        does: '继续查看一次运行。',
      },
    ],
  },
  status: {
    summary: '显示每个成员账号的配置记录器当前状态和最近一次结果',
    description: [
      '列出资源目录的成员账号，从配置审计的账号组读取各自的配置记录器状态，并从日志库读取各自最近一次结果。不做任何更改。资源目录中有而账号组中没有的成员账号会标为“不在账号组中”。',
    ],
    options: {
      ...filterOptions,
      uncovered: '只显示未覆盖的账号，按原因分组，并说明如何处理',
      state: '只显示处于该状态的账号：failed、overdue、pending、unknown 或 covered',
      limit: '最多显示多少个账号',
      watch: '反复查看，并显示变化；与 --json 一起使用时，每次查看输出一个对象',
      interval: '与 --watch 一起使用：两次查看之间的秒数（30）',
      csv: '以 CSV 输出全部已知内容，供电子表格使用',
    },
    examples: [
      { command: 'onboard status', does: '整个资源目录一览。' },
      { command: 'onboard status --uncovered', does: '缺少什么，以及每个账号如何处理。' },
      {
        command: 'onboard status --state failed --state overdue --limit 20',
        does: '最需要人工处理的账号。',
      },
      { command: 'onboard status --watch', does: '持续查看，显示发生的变化。' },
      { command: 'onboard status --csv > accounts.csv', does: '供电子表格使用。' },
      {
        command: 'onboard status > /dev/null && echo all covered',
        does: '供脚本使用：退出码说明结果。',
      },
    ],
  },
  report: {
    summary: '生成一个网页，显示每个成员账号及其历史，也可供审计人员查看',
    description: [
      '像 onboard status 一样查看每个成员账号，从日志库读取最近若干天的结果，生成一个 HTML 文件：有多少成员账号已覆盖、从何时起、由云上的哪一次应答证明；覆盖率随时间的变化、达到覆盖所用的时间、每日的结果、各错误码的重试次数；以及每个成员账号的时间线。该文件不需要网络，也不发出任何请求。云上不做任何更改。',
      '退出码与 onboard status 相同。日期按北京时间（UTC+8）划分，与仪表盘一致。',
    ],
    options: {
      out: '要写入的文件；使用 --csv 或 --json 时可以省略，此时写到标准输出',
      csv: '以 CSV 输出每个成员账号及其最近一次结果，供电子表格使用，而不是网页',
      days: '读取多少天的结果（90）',
    },
    examples: [
      {
        command: 'onboard report --out coverage.html',
        does: '生成网页，可以直接打开、打印或发送。',
      },
      {
        command: 'onboard report --out coverage.csv --csv',
        does: '供电子表格使用：ID 保持完整，名称不会被当作公式。',
      },
      {
        command: 'onboard report --json --days 365 > coverage.json',
        does: '网页所显示的全部内容，供脚本使用。',
      },
    ],
  },
  account: {
    summary: '显示一个账号的全部已知信息',
    description: [
      '显示该账号的资源夹、加入时间、配置记录器的当前状态，以及全部结果的时间线：每次运行由什么触发、发现了什么、启动了几次配置记录器、出了什么问题、如何处理，以及在函数计算和配置审计的日志中查找每一步所需的 ID。连续相同的结果合并为一条。已离开资源目录的账号，其结果仍然保留。不做任何更改。',
    ],
    arguments: { id: '账号 ID' },
    options: {},
    examples: [
      { command: 'onboard account 1000000000000002', does: '该账号及其时间线。' },
      {
        command: 'onboard account 1000000000000002 --json',
        does: '供脚本使用：每条结果，均不合并。',
      },
    ],
  },
  runs: {
    summary: '列出各次运行及其结果',
    description: [
      '列出最近若干天的运行，最新的在最后，包括由什么触发、结果如何，以及发现处于各状态的账号数量。连续且结果相同的定时运行合并为一行。不做任何更改。',
    ],
    options: {
      days: '往前多少天（7）',
      trigger: '只列出由 event、schedule 或 manual 触发的运行',
      limit: '只列出最新的多少次运行',
    },
    examples: [
      { command: 'onboard runs', does: '一周内的运行。' },
      { command: 'onboard runs --trigger event --days 30', does: '一个月内由事件触发的运行。' },
      { command: 'onboard runs --json --limit 1', does: '最近一次运行，供脚本使用。' },
    ],
  },
  logs: {
    summary: '显示函数打印的内容',
    description: [
      '读取日志库 function-logs：函数和函数计算对每次调用所打印的内容，最早的在前。日志库拒绝写入的结果也会打印在那里。内容保留 30 天，打印后几秒钟即可读取。不做任何更改。',
    ],
    options: {
      run: '只显示这次运行的内容：给出运行 ID，或其调用的请求 ID',
      days: '往前多少天（1；与 --run 一起使用时为 30）',
      limit: '只显示最新的多少行',
      follow: '持续跟踪，显示新的内容',
    },
    examples: [
      { command: 'onboard logs --limit 50', does: '最后的若干行。' },
      {
        command: 'onboard logs --run 2b1c6a7e-8f3d-4e0a-9c55-0d1f6f3b7a10',
        does: '一次运行的调用所打印的内容。',
      },
      { command: 'onboard logs --follow --json', does: '随到随显示，每行一个对象。' },
    ],
  },
  replay: {
    summary: '重新运行失败、等待中或逾期的账号',
    description: [
      '取日志库中最近一次结果为 failed、pending 或 overdue 的账号（与 onboard status 所示一致），为它们执行一次存量补齐。已离开资源目录的账号会列出名称并略过。可以放心重复执行。超出一次函数调用容量的，会分成几次运行依次执行。',
    ],
    options: { ...runOptions },
    examples: [
      { command: 'onboard replay --dry-run', does: '列出账号，并显示执行计划。' },
      { command: 'onboard replay', does: '重新运行，并显示仍需处理的账号。' },
      {
        command: 'onboard replay --local',
        does: '在本地运行，例如函数的角色缺少某项权限时。',
      },
    ],
  },
  doctor: {
    summary: '检查所需资源是否齐全，并与本版本将部署的内容一致',
    description: [
      '检查账号、服务、角色、日志库、函数、事件规则和最近的运行，并与 stack.yaml、event-rule.yaml、s.yaml 和构建结果比较。每项检查一行：✓ 正常，✗ 不正常并说明如何处理，? 无法判断并说明原因。只需几秒，不做任何更改，部署前后都可以使用。',
    ],
    options: {},
    examples: [
      { command: 'onboard doctor', does: '缺少什么，按处理的先后顺序列出。' },
      { command: 'onboard doctor --json > before.json', does: '供脚本使用，包含每一处差异。' },
    ],
  },
  completion: {
    summary: '输出用于在 shell 中补全命令和选项的脚本',
    description: ['由选项本身生成，因此与输出它的版本一致。不读取任何内容，也不需要凭证。'],
    arguments: { shell: 'bash、zsh 或 fish' },
    options: {},
    examples: [
      {
        command: 'eval "$(onboard completion bash)"',
        does: '写入 ~/.bashrc；zsh 同理，写在 ~/.zshrc 中 compinit 之后。',
      },
      { command: 'onboard completion fish | source', does: '写入 ~/.config/fish/config.fish。' },
    ],
  },
};
