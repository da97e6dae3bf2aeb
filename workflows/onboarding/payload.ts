import * as v from 'valibot';
import type { EventReference, OnboardingRequest, Trigger } from './model.ts';

/** Input that starts no run, and why: it is recorded all the same. */
export interface UnusedInput {
  /** `ignored`: about something else. `rejected`: can't be read, or not ours. */
  readonly outcome: 'ignored' | 'rejected';
  readonly trigger: Trigger;
  readonly reason: string;
  readonly event?: EventReference;
}

export interface ParsedInput {
  readonly request?: OnboardingRequest;
  readonly unused: readonly UnusedInput[];
}

/** An account's id as text: sixteen digits today, and no document promises that. */
export const ACCOUNT_ID = /^\d{10,20}$/;
/** The id of a folder of the resource directory, or of its root folder. */
export const FOLDER_ID = /^(fd|r)-.+$/;

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
  } catch {
    // Not the parser's own message: it quotes from the payload, which may hold a token.
    return { ok: false, reason: `${what} is not JSON in UTF-8 (${payload.length} bytes).` };
  }
}

/**
 * What is wrong with a value, place by place, and never the value itself, which may be a secret.
 * `at` is where the value stands.
 */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[], at?: string): string {
  return issues
    .map((issue) => {
      const path = [at, v.getDotPath(issue)].filter(Boolean).join('.');
      const place = path === '' ? '' : `${path}: `;
      if (issue.expected === 'never') return `${place}unknown key`;
      const expected = issue.expected ?? issue.message;
      return `${place}expected ${expected}, received ${kindOf(issue.input)}`;
    })
    .join('; ');
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (Array.isArray(value)) return 'an array';
  if (value === null || value === undefined) return value === null ? 'null' : 'nothing';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
