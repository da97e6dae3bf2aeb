/** Where the RAM action that an operation needs is not Config's, or not named like it. */
const ACTIONS: Readonly<Record<string, string>> = {
  CreateChangeSet: 'ros:CreateChangeSet',
  DeleteChangeSet: 'ros:DeleteChangeSet',
  DeleteProject: 'log:DeleteProject',
  DeleteStack: 'ros:DeleteStack',
  ExecuteChangeSet: 'ros:ExecuteChangeSet',
  GetChangeSet: 'ros:GetChangeSet',
  GetLogs: 'log:GetLogStoreLogs',
  GetResourceDirectory: 'resourcemanager:GetResourceDirectory',
  GetStack: 'ros:GetStack',
  InvokeFunction: 'fc:InvokeFunction',
  ListAccounts: 'resourcemanager:ListAccounts',
  ListStackEvents: 'ros:ListStackEvents',
  ListStackResources: 'ros:ListStackResources',
  ListStacks: 'ros:ListStacks',
  PutLogs: 'log:PostLogStoreLogs',
};

/** The RAM action that an operation needs. */
export function ramActionOf(operation: string): string {
  return ACTIONS[operation] ?? `config:${operation}`;
}
