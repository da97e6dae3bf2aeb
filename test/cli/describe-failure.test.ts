import { describe, expect, test } from 'vitest';
import { FunctionFailed } from '../../alicloud/function-compute/function-failed.ts';
import { SettingsError } from '../../alicloud/settings-error.ts';
import { describeFailure as describeIn } from '../../cli/describe-failure.ts';
import { ExplainedError, UsageError } from '../../cli/errors.ts';
import { en } from '../../cli/texts/en.ts';
import { ResultsNotStored } from '../../workflows/onboarding/errors.ts';
import { cloudError } from '../support/workflows/fake-ports.ts';

const describeFailure = (error: unknown, commandName?: string) =>
  describeIn(error, en, commandName);

test('a service’s: operation, code, message, request id, what to do', () => {
  const error = cloudError('FunctionNotFound', {
    operation: 'InvokeFunction',
    message: 'There is no backfill.',
    requestId: 'R-1',
  });
  expect(describeFailure(error)).toEqual([
    'InvokeFunction failed: FunctionNotFound: There is no backfill.',
    'Request id: R-1',
    'Deploy the functions (npm run deploy), or name the function with --function: service/name on FC 2.0.',
  ]);
});

describe('what to do is for the person with these credentials', () => {
  test.each([
    ['AccessDenied', 'InvokeFunction', 'Allow fc:InvokeFunction to the user or role'],
    ['Unauthorized', 'GetLogs', 'Allow log:GetLogStoreLogs to'],
    ['NoPermission', 'GetAggregator', 'Allow config:GetAggregator to'],
    ['Forbidden.RAM', 'CreateChangeSet', 'Allow ros:CreateChangeSet to'],
    ['InvalidAccessKeyId.NotFound', 'GetResourceDirectory', 'Renew the credentials'],
    ['SignatureNotMatch', 'GetLogs', 'Renew the credentials'],
    ['ServiceNotFound', 'InvokeFunction', '--function'],
    ['ProjectNotExist', 'GetLogs', 'onboard setup'],
    ['ParameterInvalid', 'GetLogs', 'lacks the index'],
    ['ResourceDirectoryNotInUse', 'GetResourceDirectory', 'owns the resource directory'],
    ['NoAnswer', 'GetLogs', 'Check the network'],
    ['ServiceUnavailable', 'GetLogs', 'status page'],
    ['SomethingNew', 'GetLogs', 'Look up SomethingNew of GetLogs in the documentation'],
    ['UnknownUserParameter', 'CreateChangeSet', 'parameters of stack.yaml'],
    [
      'NotManagementAccount',
      'GetResourceDirectory',
      'in the management account of the resource directory, or use its credentials',
    ],
  ])('%s of %s', (code, operation, advice) => {
    expect(describeFailure(cloudError(code, { operation })).at(-1)).toContain(advice);
  });
});

test.each(['ServiceUnavailable', 'Throttling.User', 'SomethingNew', 'UnknownUserParameter'])(
  '%s: nothing of runs, which a command is not',
  (code) => {
    const advice = describeFailure(cloudError(code, { operation: 'CreateChangeSet' })).at(-1);
    expect(advice).toMatch(/\.$/);
    expect(advice).not.toMatch(/run the account|next run/);
  },
);

test('what explains itself is not sent to --debug', () => {
  expect(describeFailure(new ExplainedError(() => 'The run was started, but …'))).toEqual([
    'The run was started, but …',
  ]);
});

test('a function’s own: its name and message, and where its log is', () => {
  const details = { errorType: 'HandledInvocationError', message: 'No account matches.' };
  expect(
    describeFailure(
      new FunctionFailed({ ...details, errorName: 'NoAccountInScope', requestId: 'R-2' }),
    ),
  ).toEqual([
    'The function failed: NoAccountInScope: No account matches.',
    "Request id: R-2, in the function's log (logstore function-logs).",
  ]);
  expect(describeFailure(new FunctionFailed(details))).toEqual([
    'The function failed: HandledInvocationError: No account matches.',
  ]);
});

test.each([new SettingsError({ kind: 'function-credentials' }), new ResultsNotStored('3 of 3 …')])(
  '$name says all itself',
  (error) => {
    expect(describeFailure(error)).toEqual([error.message]);
  },
);

test('what was typed: where to read on', () => {
  expect(describeFailure(new UsageError(() => 'No.'), 'status')).toEqual([
    'No.',
    'onboard status --help says how it is used.',
  ]);
});
