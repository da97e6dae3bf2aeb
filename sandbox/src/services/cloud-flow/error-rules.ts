import type { Reader } from '../../protocols/reader.ts';
import { type Constructor, readConstructor } from './constructor.ts';
import { readTarget, type Target } from './state.ts';

/** Matches every error. Source of this file: "Error handling" (help.aliyun.com/document_detail/2500862.html). */
const ANY_ERROR = 'FnF.ALL';

const LONGEST_INTERVAL_SECONDS = 86_400;

interface RetryRule {
  readonly errors: readonly string[];
  readonly maxAttempts: number;
  readonly intervalSeconds: number;
  readonly backoffRate: number;
  readonly maxBackoffSeconds: number;
}

interface CatchRule {
  readonly errors: readonly string[];
  readonly output: Constructor;
  readonly next: Target;
}

export function readRetry(reader: Reader): readonly RetryRule[] {
  const rules = (reader.list('Retry') ?? []).map((rule) => {
    rule.require('MaxAttempts', 'IntervalSeconds');
    const read: RetryRule = {
      ...readMatch(rule),
      maxAttempts: integer(rule, 'MaxAttempts', 0) ?? 0,
      intervalSeconds: integer(rule, 'IntervalSeconds', 1, LONGEST_INTERVAL_SECONDS) ?? 1,
      backoffRate: rule.number('BackoffRate') ?? 1,
      maxBackoffSeconds:
        integer(rule, 'MaxBackoffSeconds', 1, LONGEST_INTERVAL_SECONDS) ?? LONGEST_INTERVAL_SECONDS,
    };
    if (read.backoffRate < 1) rule.problem('BackoffRate', 'is below 1');
    rule.finish();
    return read;
  });
  assertAnyErrorLast(reader, 'Retry', rules);
  return rules;
}

export function readCatch(reader: Reader): readonly CatchRule[] {
  const rules = (reader.list('Catch') ?? []).flatMap((rule) => {
    // What goes on without a constructor is not documented.
    rule.require('Next', 'OutputConstructor');
    const match = readMatch(rule);
    const output = readConstructor(rule, 'OutputConstructor', ['$Context', '$Input']);
    const next = readTarget(rule, 'Next');
    rule.finish();
    return next === undefined ? [] : [{ ...match, output: output ?? new Map(), next }];
  });
  assertAnyErrorLast(reader, 'Catch', rules);
  return rules;
}

/** The first rule that matches counts. */
export function ruleFor<T extends { readonly errors: readonly string[] }>(
  rules: readonly T[],
  code: string,
): T | undefined {
  return rules.find(({ errors }) => errors.includes(code) || errors.includes(ANY_ERROR));
}

/** Before the nth retry, from 1. */
export function intervalMs(rule: RetryRule, retry: number): number {
  const seconds = rule.intervalSeconds * rule.backoffRate ** (retry - 1);
  return Math.min(seconds, rule.maxBackoffSeconds) * 1000;
}

function readMatch(rule: Reader): { readonly errors: readonly string[] } {
  rule.require('Errors', 'Description');
  rule.text('Description');
  const value = rule.anything('Errors');
  const errors = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  if (value !== undefined && (!Array.isArray(value) || errors.length !== value.length)) {
    rule.problem('Errors', 'a list of texts is expected');
  }
  if (errors.length === 0) rule.problem('Errors', 'names no error');
  return { errors };
}

function integer(
  reader: Reader,
  key: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const value = reader.number(key);
  if (value === undefined) return undefined;
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  reader.problem(key, `${value} is no whole number from ${least} to ${most}`);
  return undefined;
}

function assertAnyErrorLast(
  reader: Reader,
  key: string,
  rules: readonly { readonly errors: readonly string[] }[],
): void {
  rules.slice(0, -1).forEach(({ errors }, index) => {
    if (!errors.includes(ANY_ERROR)) return;
    reader.problem(`${key}[${index}].Errors`, `${ANY_ERROR} hides the rules after it`);
  });
}
