/** What `doctor` says of a deployment. */
export const doctor = {
  checking: 'checking the deployment',
  progress: (made: number, total: number) => `${made} of ${total}`,
  /** In front of a check: it is fine, it is not, it can't be said. */
  marks: { ok: '✓', wrong: '✗', unknown: '?' },
  groups: {
    account: 'Account',
    services: 'Services',
    foundations: 'Foundations',
    functions: 'Functions',
    events: 'Events',
    work: 'Recent runs',
  },
  summary: {
    allFine: (total: number) => `All ${total} checks are fine: there is nothing to do.`,
    wrong: (wrong: number, unknown: number, total: number) =>
      `${wrong} of ${total} checks found something wrong${unknown === 0 ? '' : `, and ${unknown} could not be determined`}.`,
    unknown: (unknown: number, total: number) =>
      `Nothing is known to be wrong, but ${unknown} of ${total} checks could not be determined.`,
    first: (title: string, remedy: string) => `Begin with ${title}: ${remedy}`,
  },
  more: (more: number) => `and ${more} more (--json has all)`,

  titles: {
    credentials: 'credentials',
    resourceDirectory: 'Resource Directory',
    managementAccount: 'management account',
    services: {
      'resource-orchestration': 'Resource Orchestration',
      'log-service': 'Log Service',
      'message-queue': 'Simple Message Queue',
      cloudflow: 'CloudFlow',
      'function-compute': 'Function Compute',
      eventbridge: 'EventBridge',
    },
    cloudConfig: 'Cloud Config',
    serviceLinkedRole: (service: string) => `role of ${service}`,
    permissions: 'permission to deploy',
    stacks: { stack: 'stack', 'event-stack': 'event stack' },
    /** By their names in stack.yaml. */
    resources: {
      LogProject: 'log project',
      Results: 'logstore results',
      FunctionLogs: 'logstore function-logs',
      FunctionLogsIndex: 'index of function-logs',
      ResultsIndex: 'index of results',
      Dashboard: 'dashboard',
      FailureQueue: 'failure queue',
      FunctionRole: 'role of functions',
      FlowRole: 'role of the flow',
      Flow: 'flow',
    } as Readonly<Record<string, string>>,
    alerts: 'alerts',
    function: (name: string) => name,
    settings: (name: string) => `${name}: settings`,
    code: (name: string) => `${name}: code`,
    trigger: (name: string) => `trigger ${name}`,
    eventRoles: {
      source: 'role for ActionTrail',
      functions: 'role for functions',
      queues: 'role for queues',
    },
    eventRule: 'event rule',
    heartbeat: 'last scheduled run',
    lastEvent: 'last event',
  },

  /** Why a check says nothing. */
  because: (mark: string, title: string) => `not checked: see ${mark} ${title}`,
  list: (parts: readonly string[]) => parts.join(', '),
  differs: (what: string, differences: readonly string[]) => `${what}: ${differences.join('; ')}`,
  andDo: (what: string, remedy: string) => `${what}. ${remedy}`,
  tooLate: (seconds: number) => `no answer within ${seconds} s`,
  denied: (operation: string, code: string, message: string) =>
    `${operation} is refused: ${code}: ${message}`,
  noAnswer: (operation: string, message: string) => `${operation}: ${message}`,
  refusedCredentials: (code: string) => `refused: ${code}`,

  caller: (arn: string) => arn,
  account: (accountId: string) => `account ${accountId} itself`,
  directoryOf: (accountId: string) => `owned by account ${accountId}`,
  noDirectory: 'not enabled in this account',
  isMember: (accountId: string, ownerId: string) =>
    `${accountId} is not: the directory is owned by ${ownerId}`,
  otherAccount: (expected: string, ownerId: string) =>
    `MANAGEMENT_ACCOUNT_ID is ${expected}, but the directory is owned by ${ownerId}`,

  activated: 'activated',
  notActivated: (code: string, message: string) => `not activated: ${code}: ${message}`,
  configNotActivated: 'never activated',
  organization: (status: string) =>
    status === 'REGISTERED'
      ? 'activated; enterprise mode is on'
      : `activated; enterprise mode is not on yet (${status})`,
  noRole: (role: string) => `there is no ${role}`,

  accountMayAll: 'the account itself needs none',
  nothingToDeploy: 'there is nothing to deploy',
  permissionsUnread: "whether you may create what is missing can't be read",

  none: 'there is none',
  noneNamed: (name: string) => `there is no ${name}`,
  there: 'there',
  noStack: (name: string) => `there is no ${name} in this region`,
  stack: (stack: string, status: string, parameters: Readonly<Record<string, string>>) => {
    const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
    return [`${stack}: ${status}`, ...given].join(', ');
  },
  beingChanged: (status: string) => `being changed right now: ${status}`,
  stackFailed: (stack: string, status: string, reason: string) =>
    [stack, status, ...(reason === '' ? [] : [reason])].join(': '),
  sameTemplate: 'as this version has it',
  otherTemplate: 'the stack was made from another version',
  role: (services: string) => `trusts ${services}, has its policy`,
  untrusted: (services: string) => `does not trust ${services}`,
  otherPolicy: 'its policy differs from stack.yaml',
  morePolicies: 'has more policies than stack.yaml gives it',
  retention: (days: number) => `keeps ${days} days`,
  otherRetention: (days: number, expectedDays: number) => `keeps ${days} days, not ${expectedDays}`,
  index: (keys: number) => `${keys} keys`,
  otherIndex: 'keys are missing, or of another type',
  otherDefinition: 'its definition differs from stack.yaml',
  otherRole: (role: string, expected: string) => `uses the role ${role}, not ${expected}`,
  alerts: (alerts: number, policies: string) =>
    `${alerts} enabled, sent by the action policy ${policies}`,
  alertsAmiss: 'not all are there and enabled',
  noAlert: (name: string) => `there is no ${name}`,
  disabledAlert: (name: string) => `${name} is disabled`,
  redirectedAlert: (name: string, policy: string, expected: string) =>
    `${name} is sent by ${policy}, not by ${expected}`,

  notDeployed: 'not deployed',
  deployed: (age: string) => `deployed ${age}`,
  functionFailed: (reason: string) => `it can't be used: ${reason}`,
  updateFailed: (reason: string) => `its last update failed: ${reason}`,
  sameSettings: 'the same as in s.yaml',
  otherSettings: 'they differ from s.yaml',
  settingDiffers: (name: string, actual: string, expected: string) =>
    `${name} is ${actual}, not ${expected}`,
  settingMissing: (name: string, expected: string) =>
    `${name} is missing, and should be ${expected}`,
  unexpectedSetting: (name: string) => `${name} is set, and should not be`,
  sameCode: 'the same as this build',
  otherCode: 'it differs from this build',
  notBuilt: (folder: string) => `there is no build in ${folder} to compare it with`,
  disabledTrigger: 'disabled: nothing starts it',

  disabledRule: 'disabled: no event starts anything',
  otherPattern: 'its pattern differs from event-rule.yaml',
  noTarget: (endpoint: string) => `it has no target ${endpoint}`,
  otherTarget: 'its target differs from event-rule.yaml',
  targetNotDeployed: (name: string) => `its target ${name} is not deployed`,
  rule: (name: string) => `enabled, invokes ${name} asynchronously`,

  lastRun: (age: string) => age,
  lastRunFailed: (age: string, outcome: string, reason: string) =>
    `${age}, ${outcome}${reason === '' ? '' : `: ${reason}`}`,
  noRunYet: 'none yet',
  justDeployed: (age: string) => `none yet: the trigger was made ${age}`,
  noEventYet: 'none has ever arrived',

  /** What to do. */
  remedies: {
    directory: 'Enable it in the console of Resource Management, in the management account.',
    owner: (accountId: string) => `Use credentials of account ${accountId}.`,
    correct: (name: string) => `Correct ${name}.`,
    activate: (service: string) => `Activate ${service} in its console.`,
    activateOrAllow: (service: string, action: string) =>
      `If ${service} was never activated, activate it in its console; otherwise allow ${action}.`,
    config:
      'Deploy: the first run activates it and turns enterprise mode on. By hand: sign in to its console once.',
    firstRun: 'The first scheduled run activates it, within five minutes.',
    permissions:
      'docs/permissions.md lists the permissions that a deployment needs; npm run deploy shows which are missing.',
    deploy: 'Run npm run deploy.',
    setup: 'Run onboard setup.',
    redeploy: 'Run npm run deploy: it restores this version.',
    repair: 'Restore it by hand: the stack does not see changes that were made outside it.',
    recreate:
      'It was deleted outside the stack, which does not see that: run onboard setup --remove, which keeps the results, then npm run deploy.',
    detach: 'Detach the policies that are not needed, in the console of RAM.',
    alerts: 'Enable or correct them in the console of Log Service.',
    build: 'Run npm run build.',
    enable: (functionName: string, name: string) =>
      `Enable the trigger ${name} of ${functionName} in the console of Function Compute, or run npm run deploy.`,
    enableRule: 'Enable it in the console of EventBridge.',
    heartbeat:
      'Read the logstore function-logs: it says what happened to the runs. Until this is fixed, nothing takes care of new accounts.',
    runFailed: 'Do what the reason says; onboard status names the accounts.',
    event:
      'Create a resource account to see whether its event arrives; if it does not, the schedule covers the account a few minutes later.',
    later: 'Run onboard doctor again in a few minutes.',
  },
};
