import { type CloudError, NO_ANSWER, recommend } from '../workflows/onboarding/errors.ts';

/** RAM's prefix of each service's actions, and those that are called by another name. */
const ACTIONS: Readonly<Record<string, string>> = {
  InvokeFunction: 'fc:InvokeFunction',
  GetLogs: 'log:GetLogStoreLogs',
  PutLogs: 'log:PostLogStoreLogs',
  DeleteProject: 'log:DeleteProject',
  GetResourceDirectory: 'resourcemanager:GetResourceDirectory',
  ListAccounts: 'resourcemanager:ListAccounts',
  DescribeConfigurationRecorder: 'config:DescribeConfigurationRecorder',
  StartConfigurationRecorder: 'config:StartConfigurationRecorder',
  ListAggregators: 'config:ListAggregators',
  GetAggregator: 'config:GetAggregator',
};

const DENIED = /^(NoPermission|Forbidden|AccessDenied|Unauthorized)/;
const BAD_CREDENTIALS =
  /^(InvalidAccessKeyId|InvalidSecurityToken|SignatureDoesNotMatch|SignatureNotMatch|SecurityTokenExpired)/;

/**
 * What the person at the command does next, in one sentence. The workflow's own advice is for
 * whoever reads a function's results; here the credentials are the person's, and so is the network.
 */
export function adviseOperator(error: CloudError): string {
  const { code, operation } = error;
  if (BAD_CREDENTIALS.test(code)) {
    return 'Renew the credentials in the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, its secret, and its token if it has one.';
  }
  if (DENIED.test(code)) {
    const action = ACTIONS[operation] ?? `ros:${operation}`;
    return `Allow ${action} to the user or role of these credentials.`;
  }
  switch (code) {
    case 'FunctionNotFound':
    case 'ServiceNotFound':
      return 'Deploy the functions (npm run deploy), or name the function with --function: service/name on FC 2.0.';
    case 'LogStoreNotExist':
    case 'ProjectNotExist':
      return 'Create the log store with `onboard setup`, or correct LOG_PROJECT, LOG_STORE and REGION.';
    case 'IndexConfigNotExist':
    case 'ParameterInvalid':
      return 'The logstore lacks the index that stack.yaml gives it: `onboard setup` creates it.';
    case 'ResourceDirectoryNotInUse':
      return 'Use credentials of the account that owns the resource directory, or enable it in this one.';
    case NO_ANSWER:
      return 'Check the network, REGION and the endpoints in the environment, then try again.';
    default:
      return recommend(error);
  }
}
