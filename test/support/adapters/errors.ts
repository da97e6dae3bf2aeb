import { inspect } from 'node:util';
import { expect } from 'vitest';
import type { Credentials } from '../../../alicloud/credentials.ts';
import { CloudError } from '../../../workflows/onboarding/errors.ts';

export const credentials = {
  accessKeyId: 'STS.KeyIdThatMustNotLeak',
  accessKeySecret: 'SecretThatMustNotLeak/+=',
  securityToken: 'TokenThatMustNotLeak/+==',
} satisfies Credentials;

/** What the call rejects with, which must be a `CloudError` without a secret anywhere in it. */
export async function cloudErrorOf(call: Promise<unknown>): Promise<CloudError> {
  const error = await call.then(
    (value) => expect.fail(`resolved: ${inspect(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof CloudError)) {
    throw new Error('not a CloudError', { cause: error });
  }
  expectNoSecret(error);
  return error;
}

export function expectNoSecret(value: unknown): void {
  const shown = [
    inspect(value, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify(value),
    value instanceof Error ? `${value.message}\n${value.stack}\n${inspect(value.cause)}` : '',
  ].join('\n');
  for (const secret of Object.values(credentials)) {
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(encodeURIComponent(secret));
  }
  expect(shown).not.toMatch(/[A-Za-z0-9+/]{27}=|Signature=|authorization/i);
}
