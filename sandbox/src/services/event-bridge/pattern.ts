import { eventBridgeError } from './errors.ts';
import { parseCondition, type ValueTest } from './pattern-condition.ts';

export type EventTest = (event: unknown) => boolean;

/** CloudEvents 1.0; Alibaba Cloud's extensions begin with `aliyun`. */
const ENVELOPE_KEYS = [
  'data',
  'datacontenttype',
  'dataschema',
  'id',
  'source',
  'specversion',
  'subject',
  'time',
  'type',
];

/**
 * Compiles a pattern: keys are ANDed and nest as the event does, an array's conditions are ORed. A
 * key that the event lacks never matches, except for `{"exists": false}`; an array in the event
 * matches when one of its values does (inferred). Throws `EventPatternInvalid` for what it doesn't
 * know. Source: alibabacloud.com/help/en/doc-detail/181432.htm
 */
export function compilePattern(pattern: unknown): EventTest {
  for (const key of isRecord(pattern) ? Object.keys(pattern) : []) {
    if (!ENVELOPE_KEYS.includes(key) && !key.startsWith('aliyun')) {
      const known = `${ENVELOPE_KEYS.join(', ')} and aliyun*`;
      throw invalid(`$.${key}`, `is no key of an event's envelope, which has ${known}`);
    }
  }
  return compileObject(pattern, '$');
}

/** A pattern as a trigger carries it, JSON text; anything else is passed on. */
export function parsePattern(pattern: unknown): unknown {
  if (typeof pattern !== 'string') return pattern;
  try {
    return JSON.parse(pattern);
  } catch {
    throw eventBridgeError('EventPatternInvalid', 'The event pattern is not JSON.');
  }
}

function compileObject(pattern: unknown, path: string): EventTest {
  if (!isRecord(pattern)) throw invalid(path, 'is neither an object nor an array');
  const tests = Object.entries(pattern).map(([key, inner]) => {
    const innerPath = `${path}.${key}`;
    const test = Array.isArray(inner)
      ? compileConditions(inner, innerPath)
      : compileObject(inner, innerPath);
    return (event: Readonly<Record<string, unknown>>) => test(event[key]);
  });
  // A missing object is like an empty one: its keys don't exist.
  return (event) =>
    (event === undefined || isRecord(event)) && tests.every((test) => test(event ?? {}));
}

function compileConditions(conditions: readonly unknown[], path: string): EventTest {
  if (conditions.length === 0) throw invalid(path, 'has no condition');
  const tests = conditions.map((condition): ValueTest => {
    const test = parseCondition(condition);
    if (typeof test === 'string') throw invalid(path, test);
    return test;
  });
  return (value) =>
    Array.isArray(value) && value.length > 0
      ? value.some((one: unknown) => tests.some((test) => test(one)))
      : tests.some((test) => test(value));
}

function invalid(path: string, problem: string) {
  return eventBridgeError('EventPatternInvalid', `${path} ${problem}`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
