import { describe, expect, test } from 'vitest';
import { classify, ERROR_RULES, recommend } from '../../../workflows/onboarding/error-rules.ts';
import { CloudError } from '../../../workflows/onboarding/errors.ts';
import { cloudError } from '../../support/workflows/fake-ports.ts';

describe('classify', () => {
  test.each([
    // The documented errors of StartConfigurationRecorder.
    ['ProcessIsRunning', 400, 'in-progress'],
    ['ServiceUnavailable', 503, 'transient'],
    ['CreateSLRFail', 500, 'uncertain'],
    ['NoPermission', 400, 'permanent'],
    ['RDMemberNoPermission', 400, 'permanent'],
    ['AccountNotExisted', 404, 'permanent'],
    // The gateway's.
    ['Throttling', 400, 'throttled'],
    ['Throttling.User', 400, 'throttled'],
    ['Throttling.Api', 503, 'throttled'],
    ['Rejected.Throttling', 400, 'throttled'],
    ['InternalError', 500, 'transient'],
    ['InvalidAccessKeyId.NotFound', 404, 'permanent'],
    ['SignatureDoesNotMatch', 400, 'permanent'],
    ['InvalidSecurityToken.Expired', 400, 'permanent'],
    ['Forbidden.RAM', 403, 'permanent'],
    ['Invalid.AggregatorId.Value', 400, 'permanent'],
    ['ResourceDirectoryNotInUse', 404, 'permanent'],
    ['EntityNotExists.ResourceDirectory', 404, 'permanent'],
    ['NotManagementAccount', undefined, 'permanent'],
    // The log store's.
    ['ServerBusy', 503, 'transient'],
    ['InternalServerError', undefined, 'transient'],
    ['ShardWriteQuotaExceed', 403, 'throttled'],
    ['WriteQuotaExceed', 403, 'throttled'],
    ['ProjectNotExist', 404, 'transient'],
    ['LogStoreNotExist', 404, 'transient'],
    ['Unauthorized', 401, 'permanent'],
    ['SignatureNotMatch', 401, 'permanent'],
    ['PostBodyInvalid', 400, 'permanent'],
    // Function Compute's.
    ['ResourceExhausted', 429, 'throttled'],
    ['ResourceThrottled', 503, 'throttled'],
    // No code of the service at all.
    ['NoAnswer', undefined, 'transient'],
    ['MalformedAnswer', 200, 'transient'],
    // Not known here: the status decides.
    ['SomethingNew', 400, 'permanent'],
    ['SomethingNew', 500, 'transient'],
    ['SomethingNew', undefined, 'permanent'],
  ])('%s with status %s is %s', (code, statusCode, expected) => {
    const error = new CloudError({
      operation: 'StartConfigurationRecorder',
      code,
      message: 'It failed.',
      ...(statusCode === undefined ? {} : { statusCode }),
    });
    expect(classify(error)).toBe(expected);
  });
});

describe('recommend', () => {
  test.each(ERROR_RULES.map(({ code }) => code))('%s says what to do in one sentence', (code) => {
    const sentence = recommend(cloudError(code));
    expect(sentence).toMatch(/^[A-Z][^\n]+\.$/);
    expect(sentence.length).toBeGreaterThan(40);
  });

  test.each([
    ['StartConfigurationRecorder', 'config:StartConfigurationRecorder'],
    ['GetAggregator', 'config:GetAggregator'],
    ['ListAccounts', 'resourcemanager:ListAccounts'],
    ['PutLogs', 'log:PostLogStoreLogs'],
    ['GetLogs', 'log:GetLogStoreLogs'],
    ['InvokeFunction', 'fc:InvokeFunction'],
    ['ExecuteChangeSet', 'ros:ExecuteChangeSet'],
  ])('NoPermission of %s names the action %s', (operation, action) => {
    expect(recommend(cloudError('NoPermission', { operation }))).toContain(action);
  });

  test('an unknown code with a 5xx needs nobody now', () => {
    const sentence = recommend(cloudError('SomethingNew', { statusCode: 500 }));
    expect(sentence).toMatch(/^Nothing to do now/);
  });

  test('an unknown permanent code is named with its operation', () => {
    const sentence = recommend(cloudError('SomethingNew', { operation: 'GetAggregator' }));
    expect(sentence).toContain('SomethingNew of GetAggregator');
  });
});

test('no rule is hidden behind another', () => {
  const codes = ERROR_RULES.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { code, class: expected } of ERROR_RULES) {
    expect(classify(cloudError(code.replace('*', '.Anything')))).toBe(expected);
  }
});
