import { ramActionOf } from '../workflows/onboarding/error-rules.ts';

/** Of what only the operator's command calls. */
const ACTIONS: Readonly<Record<string, string>> = {
  CreateServiceLinkedRole: 'ram:CreateServiceLinkedRole',
  DescribeFlow: 'fnf:DescribeFlow',
  GetAsyncInvokeConfig: 'fc:GetFunctionAsyncInvokeConfig',
  GetConcurrencyConfig: 'fc:GetConcurrencyConfig',
  GetDashboard: 'log:GetDashboard',
  GetFunction: 'fc:GetFunction',
  GetFunctionCode: 'fc:GetFunctionCode',
  GetIndex: 'log:GetIndex',
  GetLogStore: 'log:GetLogStore',
  GetPolicy: 'ram:GetPolicy',
  GetProject: 'log:GetProject',
  GetQueueAttributes: 'mns:GetQueueAttributes',
  GetRole: 'ram:GetRole',
  GetRule: 'eventbridge:GetRule',
  GetTemplate: 'ros:GetTemplate',
  GetTrigger: 'fc:GetTrigger',
  ListAlerts: 'log:ListAlerts',
  ListFoldersForParent: 'resourcemanager:ListFoldersForParent',
  ListPoliciesForRole: 'ram:ListPoliciesForRole',
};

/** The RAM action that an operation needs. */
export function actionOf(operation: string): string {
  return ACTIONS[operation] ?? ramActionOf(operation);
}
