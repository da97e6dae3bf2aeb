import {
  classify,
  matchesCode,
  ramActionOf,
  recommend,
} from '../workflows/onboarding/error-rules.ts';
import { NO_ANSWER } from '../workflows/onboarding/errors.ts';
import type { Failure } from '../workflows/onboarding/model.ts';

interface Advice {
  /** As in the workflow's own table: with `*` at the end, the beginning of several. */
  readonly codes: readonly string[];
  readonly says: (error: Failure) => string;
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
    says: () =>
      'Renew the credentials in the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, its secret, and its token if it has one.',
  },
  {
    codes: ['AccessDenied*', 'Forbidden*', 'NoPermission*', 'Unauthorized*'],
    says: ({ operation }) =>
      `Allow ${ramActionOf(operation)} to the user or role of these credentials.`,
  },
  {
    codes: ['FunctionNotFound', 'ServiceNotFound'],
    says: () =>
      'Deploy the functions (npm run deploy), or name the function with --function: service/name on FC 2.0.',
  },
  {
    codes: ['LogStoreNotExist', 'ProjectNotExist'],
    says: () =>
      'Create the log store with `onboard setup`, or correct LOG_PROJECT, LOG_STORE and REGION.',
  },
  {
    codes: ['IndexConfigNotExist', 'ParameterInvalid'],
    says: () =>
      'The logstore lacks the index that stack.yaml gives it: `onboard setup` creates it.',
  },
  {
    codes: ['ResourceDirectoryNotInUse'],
    says: () =>
      'Use credentials of the account that owns the resource directory, or enable it in this one.',
  },
  {
    codes: ['UnknownUserParameter'],
    says: () => 'Give parameters of stack.yaml only: its section Parameters lists them.',
  },
  {
    codes: [NO_ANSWER],
    says: () => 'Check the network, REGION and the endpoints in the environment, then try again.',
  },
  {
    codes: [
      'EntityNotExists.ResourceDirectory',
      'Invalid.AggregatorId.Value',
      'NotManagementAccount',
    ],
    says: recommend,
  },
];

/**
 * What the person at the command does next, in one sentence. The workflow's own advice is for
 * whoever reads a function's results; here the credentials are the person's, and so is the network.
 */
export function adviseOperator(error: Failure): string {
  const { code, operation } = error;
  const advice = ADVICE.find(({ codes }) => codes.some((one) => matchesCode(one, code)));
  if (advice !== undefined) return advice.says(error);
  return classify(error) === 'permanent'
    ? `Look up ${code} of ${operation} in the documentation, correct what it names, and run the command again.`
    : `Run the command again in a minute; if ${operation} keeps failing, check the status page of Alibaba Cloud and open a ticket with the request id.`;
}
