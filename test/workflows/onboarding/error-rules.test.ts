import { describe, expect, test } from 'vitest';
import {
  classify,
  ERROR_RULES,
  matchesCode,
  ramActionOf,
  recommend,
} from '../../../workflows/onboarding/error-rules.ts';
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
    ['SomethingNew', 408, 'transient'],
    ['SomethingNew', 429, 'throttled'],
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
    ['DeleteProject', 'log:DeleteProject'],
    ['GetResourceDirectory', 'resourcemanager:GetResourceDirectory'],
    ['CreateChangeSet', 'ros:CreateChangeSet'],
    ['DeleteChangeSet', 'ros:DeleteChangeSet'],
    ['DeleteStack', 'ros:DeleteStack'],
    ['ExecuteChangeSet', 'ros:ExecuteChangeSet'],
    ['GetChangeSet', 'ros:GetChangeSet'],
    ['GetStack', 'ros:GetStack'],
    ['ListStackEvents', 'ros:ListStackEvents'],
    ['ListStackResources', 'ros:ListStackResources'],
    ['ListStacks', 'ros:ListStacks'],
  ])('NoPermission of %s names the action %s', (operation, action) => {
    expect(recommend(cloudError('NoPermission', { operation }))).toContain(`${action} `);
    expect(ramActionOf(operation)).toBe(action);
  });

  test.each([
    ['Unauthorized', /^Allow config:/],
    ['Forbidden.RAM', /^Allow config:/],
    ['InvalidAccessKeyId.NotFound', /renew the credentials/],
    ['InvalidSecurityToken.Expired', /renew the credentials/],
    ['SignatureDoesNotMatch', /renew the credentials/],
    ['SignatureNotMatch', /renew the credentials/],
    ['ResourceDirectoryNotInUse', /^Enable the resource directory/],
    ['EntityNotExists.ResourceDirectory', /^Enable the resource directory/],
    ['AccountNotExisted', /activate the service/],
    ['RDMemberNoPermission', /management account/],
    ['NotManagementAccount', /management account/],
    ['Invalid.AggregatorId.Value', /ACCOUNT_GROUP_ID/],
    ['CreateSLRFail', /AliyunServiceRoleForConfig/],
    ['ProjectNotExist', /LOG_PROJECT/],
    ['LogStoreNotExist', /LOG_STORE/],
    ['ProcessIsRunning', /still initializing/],
    ['ServerBusy', /status page/],
    ['ReadQuotaExceed', /so often/],
  ])('%s says what its cause needs', (code, expected) => {
    expect(recommend(cloudError(code))).toMatch(expected);
  });

  test('an unknown code with a 5xx needs nobody now', () => {
    const sentence = recommend(cloudError('SomethingNew', { statusCode: 500 }));
    expect(sentence).toMatch(/^Nothing to do now/);
  });

  test('an unknown code with 429 says what else to look for', () => {
    expect(recommend(cloudError('SomethingNew', { statusCode: 429 }))).toContain('so often');
  });

  test('an unknown permanent code is named with its operation', () => {
    const sentence = recommend(cloudError('SomethingNew', { operation: 'GetAggregator' }));
    expect(sentence).toContain('SomethingNew of GetAggregator');
  });
});

/** What the status alone would say. */
const statusAgainst = (expected: string) => (expected === 'permanent' ? 500 : 418);

test('no rule is hidden behind another, and a rule says more than the status', () => {
  const codes = ERROR_RULES.map(({ code }) => code);
  for (const code of codes) expect(codes.filter((rule) => matchesCode(rule, code))).toEqual([code]);
  for (const { code, class: expected } of ERROR_RULES) {
    const error = cloudError(code.replace('*', '.Anything'), {
      statusCode: statusAgainst(expected),
    });
    expect([error.code, classify(error)]).toEqual([error.code, expected]);
  }
});

test.each([
  ['Throttling*', 'Throttling', true],
  ['Throttling*', 'Throttling.User', true],
  ['Throttling*', 'Throttlin', false],
  ['NoPermission', 'NoPermission', true],
  ['NoPermission', 'NoPermission.Sub', false],
  ['NoPermission', 'NoPermissio', false],
])('the rule %s and the code %s', (rule, code, expected) => {
  expect(matchesCode(rule, code)).toBe(expected);
});

// The codes themselves: a rule under a misspelt code would change nothing that is seen elsewhere.
test('the codes with a rule of their own', () => {
  expect(ERROR_RULES.map(({ code, class: errorClass }) => `${errorClass} ${code}`)).toEqual([
    'in-progress ProcessIsRunning',
    'transient InternalError',
    'transient InternalServerError',
    'transient LogStoreNotExist',
    'transient MalformedAnswer',
    'transient NoAnswer',
    'transient ProjectNotExist',
    'transient ServerBusy',
    'transient ServiceUnavailable',
    'throttled ReadQuotaExceed',
    'throttled Rejected.Throttling',
    'throttled ResourceExhausted',
    'throttled ResourceThrottled',
    'throttled ShardReadQuotaExceed',
    'throttled ShardWriteQuotaExceed',
    'throttled Throttling*',
    'throttled WriteQuotaExceed',
    'uncertain CreateSLRFail',
    'permanent AccountNotExisted',
    'permanent EntityNotExists.ResourceDirectory',
    'permanent Forbidden*',
    'permanent Invalid.AggregatorId.Value',
    'permanent InvalidAccessKeyId*',
    'permanent InvalidSecurityToken*',
    'permanent NoPermission',
    'permanent NotManagementAccount',
    'permanent RDMemberNoPermission',
    'permanent ResourceDirectoryNotInUse',
    'permanent SignatureDoesNotMatch',
    'permanent SignatureNotMatch',
    'permanent Unauthorized',
  ]);
});
