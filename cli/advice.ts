import { classify, matchesCode, recommend } from '../workflows/onboarding/error-rules.ts';
import { NO_ANSWER } from '../workflows/onboarding/errors.ts';
import type { Failure } from '../workflows/onboarding/model.ts';
import { actionOf } from './ram-actions.ts';
import { recommendationOf } from './recommendation.ts';
import type { Texts } from './texts/en.ts';

interface Advice {
  /** As in the workflow's own table: with `*` at the end, the beginning of several. */
  readonly codes: readonly string[];
  readonly says: (advice: Texts['advice'], error: Failure, texts: Texts) => string;
}

const ADVICE: readonly Advice[] = [
  {
    codes: [
      'InvalidAccessKeyId*',
      'InvalidSecurityToken*',
      'SecurityTokenExpired*',
      'SignatureDoesNotMatch',
      'SignatureNotMatch',
    ],
    says: ({ credentials }) => credentials,
  },
  {
    codes: ['AccessDenied*', 'Forbidden*', 'NoPermission*', 'Unauthorized*'],
    says: ({ allow }, { operation }) => allow(actionOf(operation)),
  },
  { codes: ['FunctionNotFound', 'ServiceNotFound'], says: ({ deploy }) => deploy },
  { codes: ['LogStoreNotExist', 'ProjectNotExist'], says: ({ logStore }) => logStore },
  { codes: ['IndexConfigNotExist', 'ParameterInvalid'], says: ({ index }) => index },
  { codes: ['ResourceDirectoryNotInUse'], says: ({ directory }) => directory },
  { codes: ['UnknownUserParameter'], says: ({ parameter }) => parameter },
  { codes: [NO_ANSWER], says: ({ network }) => network },
  {
    codes: [
      'EntityNotExists.ResourceDirectory',
      'Invalid.AggregatorId.Value',
      'NotManagementAccount',
    ],
    says: (_, error, texts) => {
      const { code: errorCode } = error;
      const finding = { outcome: 'failed', errorCode, recommendation: recommend(error) };
      return recommendationOf(finding, texts) ?? finding.recommendation;
    },
  },
];

/**
 * What the person at the command does next, in one sentence. The workflow's own advice is for
 * whoever reads a function's results; here the credentials are the person's, and so is the network.
 */
export function adviseOperator(error: Failure, texts: Texts): string {
  const { advice } = texts;
  const { code, operation } = error;
  const found = ADVICE.find(({ codes }) => codes.some((one) => matchesCode(one, code)));
  if (found !== undefined) return found.says(advice, error, texts);
  return classify(error) === 'permanent' ? advice.lookUp(code, operation) : advice.later(operation);
}
