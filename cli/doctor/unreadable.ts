import { matchesCode } from '../../workflows/onboarding/error-rules.ts';
import { NO_ANSWER } from '../../workflows/onboarding/errors.ts';
import type { Failure } from '../../workflows/onboarding/model.ts';
import { adviseOperator } from '../advice.ts';
import { actionOf } from '../ram-actions.ts';
import type { Texts } from '../texts/en.ts';
import { type Finding, missing, unknown, unread } from './check.ts';

const INVALID_CREDENTIALS = [
  'InvalidAccessKeyId*',
  'InvalidSecurityToken*',
  'SecurityTokenExpired*',
  'SignatureDoesNotMatch',
  'SignatureNotMatch',
];
const DENIED = ['AccessDenied*', 'Forbidden*', 'NoPermission*', 'Unauthorized*'];

/** For about a minute after they were made; whether they are there, other checks say. */
const NOT_THERE_YET = ['IndexConfigNotExist', 'LogStoreNotExist', 'ProjectNotExist'];

/** What it means for a check that something can't be read. */
export function unreadable(error: Failure, texts: Texts): Finding {
  const { operation, code, message } = error;
  const { doctor, advice } = texts;
  if (isOneOf(code, INVALID_CREDENTIALS)) {
    return missing(doctor.refusedCredentials(code), advice.credentials);
  }
  if (isDenied(error)) {
    return unread(doctor.denied(operation, code, message), advice.allow(actionOf(operation)));
  }
  if (isOneOf(code, NOT_THERE_YET)) {
    return unknown(texts.failure.cloud(operation, code, message), doctor.remedies.later);
  }
  if (code === NO_ANSWER) {
    return unread(doctor.noAnswer(operation, message), advice.network);
  }
  return unread(texts.failure.cloud(operation, code, message), adviseOperator(error, texts));
}

export function isDenied({ code }: Failure): boolean {
  return isOneOf(code, DENIED);
}

function isOneOf(code: string, rules: readonly string[]): boolean {
  return rules.some((rule) => matchesCode(rule, code));
}
