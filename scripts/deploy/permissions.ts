/** When it is asked for. `removal`: also when a stack's creation is rolled back. */
export type PermissionStage = 'event path' | 'foundations' | 'functions' | 'look' | 'removal';

export interface PermissionRow {
  readonly stages: readonly PermissionStage[];
  readonly actions: readonly string[];
  /** ARNs or their ends; `*` where RAM has no smaller resource. */
  readonly on: string;
  readonly why: string;
}

/**
 * All that whoever deploys has to be allowed: docs/permissions.md has it as a table, in this order and these
 * words. Sources: the operations' pages, "RAM authorization"; which of them ROS asks for each type of
 * resource is inferred from the operations that the type stands for.
 */
export const DEPLOYER_PERMISSIONS: readonly PermissionRow[] = [
  {
    stages: ['look'],
    actions: ['resourcemanager:GetResourceDirectory', 'config:DescribeConfigurationRecorder'],
    on: '`*`',
    why: 'whose directory it is, and whether enterprise mode is on',
  },
  {
    stages: ['look'],
    actions: ['ros:ListStacks', 'ros:GetStack', 'ros:GetTemplate'],
    on: '`stack/*`',
    why: 'compare the stacks with this version',
  },
  {
    stages: ['look'],
    actions: ['ram:GetRole', 'ram:ListPoliciesForRole', 'ram:GetPolicy'],
    on: '`*`',
    why: 'compare roles and policies, and find the service-linked roles',
  },
  {
    stages: ['look'],
    actions: [
      'log:GetProject',
      'log:GetLogStore',
      'log:GetIndex',
      'log:GetDashboard',
      'log:GetLogStoreLogs',
    ],
    on: 'the log project',
    why: 'compare what the results are kept in, and find the last run',
  },
  {
    stages: ['look'],
    actions: ['log:ListAlerts'],
    on: '`*`',
    why: 'compare the alerts',
  },
  {
    stages: ['look'],
    actions: ['mns:GetQueueAttributes', 'fnf:DescribeFlow', 'eventbridge:GetRule'],
    on: 'the queue, the flow, the rule',
    why: 'compare them',
  },
  {
    stages: ['look', 'functions'],
    actions: ['fc:GetFunction', 'fc:GetFunctionCode', 'fc:GetTrigger'],
    on: 'the two functions',
    why: 'compare settings, code and schedule',
  },
  {
    stages: ['look'],
    actions: ['fc:GetFunctionAsyncInvokeConfig', 'fc:GetConcurrencyConfig'],
    on: '`*`',
    why: 'compare retries and concurrency',
  },
  {
    stages: ['foundations', 'event path'],
    actions: [
      'ros:CreateChangeSet',
      'ros:GetChangeSet',
      'ros:DeleteChangeSet',
      'ros:ExecuteChangeSet',
      'ros:ListStackEvents',
      'ros:DeleteStack',
    ],
    on: '`stack/*`',
    why: 'plan a stack, apply the plan and follow it; a plan that is not applied leaves an empty stack, which is deleted',
  },
  {
    stages: ['foundations', 'event path'],
    actions: ['ram:CreateServiceLinkedRole'],
    on: '`*`',
    why: 'the roles that Cloud Config and EventBridge act in',
  },
  {
    stages: ['foundations'],
    actions: [
      'log:CreateProject',
      'log:CreateLogStore',
      'log:CreateIndex',
      'log:CreateDashboard',
      'log:CreateJob',
    ],
    on: 'the log project',
    why: 'where results go, the dashboard and the alerts',
  },
  {
    stages: ['foundations'],
    actions: ['mns:CreateQueue', 'fnf:CreateFlow'],
    on: 'the queue, the flow',
    why: 'what keeps failed events, and the run with durable waits',
  },
  {
    stages: ['foundations'],
    actions: ['ram:CreateRole', 'ram:CreatePolicy', 'ram:AttachPolicyToRole'],
    on: 'the two roles and their policies',
    why: 'what the functions and the flow act in',
  },
  {
    stages: ['foundations', 'functions'],
    actions: ['ram:PassRole'],
    on: 'the two roles',
    why: 'give them to the functions and the flow',
  },
  {
    stages: ['functions'],
    actions: ['fc:GetTempBucketToken'],
    on: '`*`',
    why: 'upload code',
  },
  {
    stages: ['functions'],
    actions: [
      'fc:CreateFunction',
      'fc:UpdateFunction',
      'fc:CreateTrigger',
      'fc:UpdateTrigger',
      'fc:PutConcurrencyConfig',
    ],
    on: 'the two functions',
    why: 'the functions and the schedule',
  },
  {
    stages: ['functions'],
    actions: ['fc:PutFunctionAsyncInvokeConfig'],
    on: '`*`',
    why: 'their retries, and where failures go',
  },
  {
    stages: ['event path'],
    actions: ['eventbridge:CreateRule'],
    on: 'the rule',
    why: 'bring account events to the function',
  },
  {
    stages: ['foundations', 'event path'],
    actions: [
      'log:UpdateLogStore',
      'log:UpdateIndex',
      'log:UpdateDashboard',
      'log:UpdateJob',
      'mns:SetQueueAttributes',
      'fnf:UpdateFlow',
      'ram:UpdateRole',
      'eventbridge:UpdateRule',
    ],
    on: 'what there is of them',
    why: 'upgrade to a version that changes them',
  },
  {
    stages: ['removal'],
    actions: [
      'fc:ListTriggers',
      'fc:DeleteTrigger',
      'fc:DeleteConcurrencyConfig',
      'fc:DeleteFunction',
      'eventbridge:DeleteRule',
    ],
    on: 'the functions, the rule',
    why: '`npm run deploy -- --remove`',
  },
  {
    stages: ['removal'],
    actions: ['fc:ListAsyncInvokeConfigs', 'fc:DeleteAsyncInvokeConfig'],
    on: '`*`',
    why: 'the same',
  },
  {
    stages: ['removal'],
    actions: [
      'ros:ListStackResources',
      'fnf:DeleteFlow',
      'ram:DetachPolicyFromRole',
      'ram:DeletePolicy',
      'ram:DeleteRole',
      'mns:DeleteQueue',
      'log:DeleteJob',
      'log:DeleteDashboard',
      'log:DeleteIndex',
      'log:DeleteLogStore',
    ],
    on: 'what there is of them',
    why: '`npx onboard setup --remove`, and rolling a failed creation back',
  },
];

/** Only with `--delete-results`. */
export const RESULTS_PERMISSION = 'log:DeleteProject';
