import * as v from 'valibot';

/** A payload that was read, or why it could not be, in one sentence. */
export type PayloadReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

/** Reads JSON, as UTF-8 bytes or as text. `what` names it in the reason. */
export function readPayload(what: string, payload: Uint8Array | string): PayloadReading {
  try {
    const text =
      typeof payload === 'string'
        ? payload
        : new TextDecoder('utf-8', { fatal: true }).decode(payload);
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, reason: `${what} is not JSON in UTF-8: ${(error as Error).message}.` };
  }
}

/** What is wrong with a value, place by place. `at` is where the value itself stands. */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[], at?: string): string {
  return issues
    .map((issue) => {
      const path = [at, v.getDotPath(issue)].filter(Boolean).join('.');
      const expected =
        issue.expected === 'never' ? 'no such key' : (issue.expected ?? issue.message);
      return `${path === '' ? '' : `${path}: `}expected ${expected}, received ${issue.received}`;
    })
    .join('; ');
}
