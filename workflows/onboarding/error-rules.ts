/**
 * What a failed call means for the run: ask again here, ask again later, or never.
 * The codes are those of `StartConfigurationRecorder`, of the API gateway before it, and of the
 * log store. Text is never matched: a message is for people.
 */

import { MALFORMED_ANSWER, NO_ANSWER, NOT_MANAGEMENT_ACCOUNT } from './errors.ts';
import type { Failure } from './model.ts';

/**
 * - `in-progress`: the service is working on it; ask again until the deadline.
 * - `transient`: likely gone in a moment; a limited number of tries.
 * - `throttled`: too many calls; wait longer than for `transient`.
 * - `uncertain`: not documented as transient; a few tries, then permanent.
 * - `permanent`: asking again can't help; a person has to act.
 */
export type ErrorClass = 'in-progress' | 'transient' | 'throttled' | 'uncertain' | 'permanent';

interface ErrorRule {
  /** A code, or the beginning of several when it ends with `*`. */
  readonly code: string;
  readonly class: ErrorClass;
  /** What a person does next, on one line. `operation` is what was called. */
  readonly recommendation: (operation: string) => string;
}

const waitForTheService = () =>
  'Nothing to do now: Cloud Config is still initializing, and the next run checks again.';
const waitForTheCloud = (operation: string) =>
  `Nothing to do now: the next run tries again. If ${operation} keeps failing, check the status page of Alibaba Cloud, or open a ticket and give the request ID.`;
const slowDown = (operation: string) =>
  `Nothing to do now: the next run tries again. If this continues, find out what else in this account calls ${operation} so often.`;
const grantAction = (operation: string) =>
  `Allow ${ramActionOf(operation)} for whoever made this call: the function's role, or, with --local, your own user or role.`;
const enableDirectory = () =>
  'Enable the resource directory in this account, or deploy the functions in the account that owns it.';
const repairCredentials = () =>
  "Check that the function's role exists and trusts fc.aliyuncs.com; outside Function Compute, renew the credentials in the environment.";

/** Sorted by class, then code; no two match the same code. Unknown codes follow the status. */
export const ERROR_RULES: readonly ErrorRule[] = [
  { code: 'ProcessIsRunning', class: 'in-progress', recommendation: waitForTheService },

  { code: 'InternalError', class: 'transient', recommendation: waitForTheCloud },
  { code: 'InternalServerError', class: 'transient', recommendation: waitForTheCloud },
  // A logstore that was just created answers so for about a minute.
  {
    code: 'LogStoreNotExist',
    class: 'transient',
    recommendation: () => 'Create the logstore that LOG_STORE names, or correct LOG_STORE.',
  },
  { code: MALFORMED_ANSWER, class: 'transient', recommendation: waitForTheCloud },
  { code: NO_ANSWER, class: 'transient', recommendation: waitForTheCloud },
  {
    code: 'ProjectNotExist',
    class: 'transient',
    recommendation: () =>
      'Create the log project that LOG_PROJECT names in the region of LOG_ENDPOINT, or correct these settings.',
  },
  { code: 'ServerBusy', class: 'transient', recommendation: waitForTheCloud },
  { code: 'ServiceUnavailable', class: 'transient', recommendation: waitForTheCloud },

  { code: 'ReadQuotaExceed', class: 'throttled', recommendation: slowDown },
  { code: 'Rejected.Throttling', class: 'throttled', recommendation: slowDown },
  { code: 'ResourceExhausted', class: 'throttled', recommendation: slowDown },
  { code: 'ResourceThrottled', class: 'throttled', recommendation: slowDown },
  { code: 'ShardReadQuotaExceed', class: 'throttled', recommendation: slowDown },
  { code: 'ShardWriteQuotaExceed', class: 'throttled', recommendation: slowDown },
  { code: 'Throttling*', class: 'throttled', recommendation: slowDown },
  { code: 'WriteQuotaExceed', class: 'throttled', recommendation: slowDown },

  {
    code: 'CreateSLRFail',
    class: 'uncertain',
    recommendation: () =>
      'Create the service-linked role AliyunServiceRoleForConfig in the RAM console, or allow ram:CreateServiceLinkedRole for config.aliyuncs.com. Then run onboard replay.',
  },

  {
    code: 'AccountNotExisted',
    class: 'permanent',
    recommendation: () =>
      'Sign in to the Cloud Config console once with the management account and activate the service. Then run onboard replay.',
  },
  {
    code: 'EntityNotExists.ResourceDirectory',
    class: 'permanent',
    recommendation: enableDirectory,
  },
  { code: 'Forbidden*', class: 'permanent', recommendation: grantAction },
  {
    code: 'Invalid.AggregatorId.Value',
    class: 'permanent',
    recommendation: () =>
      'Correct ACCOUNT_GROUP_ID, or remove it so that the account group is found automatically, and allow config:GetAggregator on that group.',
  },
  { code: 'InvalidAccessKeyId*', class: 'permanent', recommendation: repairCredentials },
  { code: 'InvalidSecurityToken*', class: 'permanent', recommendation: repairCredentials },
  { code: 'NoPermission', class: 'permanent', recommendation: grantAction },
  {
    code: NOT_MANAGEMENT_ACCOUNT,
    class: 'permanent',
    recommendation: () =>
      'Deploy the functions in the management account of the resource directory, or use its credentials.',
  },
  {
    code: 'RDMemberNoPermission',
    class: 'permanent',
    recommendation: () =>
      'Deploy the functions in the management account of the resource directory, and enable the directory there.',
  },
  { code: 'ResourceDirectoryNotInUse', class: 'permanent', recommendation: enableDirectory },
  { code: 'SignatureDoesNotMatch', class: 'permanent', recommendation: repairCredentials },
  { code: 'SignatureNotMatch', class: 'permanent', recommendation: repairCredentials },
  { code: 'Unauthorized', class: 'permanent', recommendation: grantAction },
];

const REQUEST_TIMEOUT = 408;
const TOO_MANY_REQUESTS = 429;

/** What to do with a failed call next; an unknown code goes by its HTTP status. */
export function classify(error: Failure): ErrorClass {
  const rule = ruleFor(error.code);
  if (rule !== undefined) return rule.class;
  const { statusCode = 0 } = error;
  if (statusCode === TOO_MANY_REQUESTS) return 'throttled';
  return statusCode === REQUEST_TIMEOUT || statusCode >= 500 ? 'transient' : 'permanent';
}

/** What a person does next, on one line. */
export function recommend(error: Failure): string {
  const rule = ruleFor(error.code);
  if (rule !== undefined) return rule.recommendation(error.operation);
  const errorClass = classify(error);
  if (errorClass === 'transient') return waitForTheCloud(error.operation);
  if (errorClass === 'throttled') return slowDown(error.operation);
  return `Look up ${error.code} of ${error.operation} in the documentation and correct what it describes. Then run onboard replay.`;
}

function ruleFor(code: string): ErrorRule | undefined {
  return ERROR_RULES.find((rule) => matchesCode(rule.code, code));
}

/** `rule` is a code, or the beginning of several when it ends with `*`. */
export function matchesCode(rule: string, code: string): boolean {
  return rule.endsWith('*') ? code.startsWith(rule.slice(0, -1)) : code === rule;
}

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
