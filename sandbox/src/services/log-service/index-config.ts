import { logError } from './errors.ts';
import {
  isObject,
  type JsonObject,
  optionalBoolean,
  optionalInteger,
  optionalText,
  refuseOtherKeys,
} from './json-body.ts';

/**
 * Fields that the service adds to every log, and indexes, itself. Source: help.aliyun.com, Log
 * Service, "Reserved fields".
 */
export const RESERVED_FIELDS: readonly string[] = ['__source__', '__time__', '__topic__'];

/** How text is cut into words. */
export interface Wording {
  /** Delimiters, each one character. */
  readonly token: readonly string[];
  readonly caseSensitive: boolean;
  /** Chinese is cut into words, too. */
  readonly chn: boolean;
}

interface TextField extends Wording {
  readonly type: 'text';
  /** `doc_value`: the field can be used in analytic statements. */
  readonly analytics: boolean;
}

export interface NumberField {
  readonly type: 'long' | 'double';
  readonly analytics: boolean;
}

export type FieldIndex = TextField | NumberField;

export interface LineIndex extends Wording {
  readonly includeKeys: readonly string[] | undefined;
  readonly excludeKeys: readonly string[] | undefined;
}

export interface IndexConfig {
  readonly line: LineIndex | undefined;
  readonly keys: ReadonlyMap<string, FieldIndex>;
  /** Of a longer text analytics see the beginning. */
  readonly maxTextBytes: number;
  /** As it was given, for GetIndex. */
  readonly given: JsonObject;
}

/**
 * What GetIndex answers beside the rest. A client may send it back as it is; as a wish of its own
 * it is refused. A time is not compared: between reading and writing there may be other changes.
 */
export interface AnsweredIndex {
  readonly index_mode: 'v2';
  /** Seconds since 1970. */
  readonly lastModifyTime: number;
  readonly storage: 'pg';
  /** The logstore's, in days. */
  readonly ttl: number;
}

/** What GetIndex would answer now, beside the index as it was given. */
export function answeredIndex({
  indexModifiedAtMs,
  settings,
}: {
  readonly indexModifiedAtMs: number;
  readonly settings: { readonly ttlDays: number };
}): AnsweredIndex {
  return {
    index_mode: 'v2',
    lastModifyTime: Math.floor(indexModifiedAtMs / 1000),
    storage: 'pg',
    ttl: settings.ttlDays,
  };
}

const ANSWERED_KEYS = ['index_mode', 'lastModifyTime', 'storage', 'ttl'];
/** Source: "CreateIndex", `max_text_len`. */
const DEFAULT_TEXT_BYTES = 2048;
const WORDING_KEYS = ['token', 'caseSensitive', 'chn'];

/**
 * The body of CreateIndex and UpdateIndex. Throws `IndexInfoInvalid`, `ParameterInvalid`,
 * `SandboxUnsupportedParameter` (JSON fields, reserved fields, log_reduce, unknown keys).
 * Source: help.aliyun.com "CreateIndex", and the SDK's model `Index`.
 */
export function parseIndex(body: JsonObject, answered: AnsweredIndex): IndexConfig {
  refuseOtherKeys(
    body,
    ['line', 'keys', 'max_text_len', 'log_reduce', ...ANSWERED_KEYS],
    'an index',
  );
  refuseOtherAnswers(body, answered);
  if (optionalBoolean(body, 'log_reduce') === true) {
    throw logError('SandboxUnsupportedParameter', 'The sandbox does not model log_reduce.');
  }
  const maxTextBytes =
    optionalInteger(body, 'max_text_len', { min: 64, max: 16_384 }) ?? DEFAULT_TEXT_BYTES;
  const line = body.line === undefined ? undefined : parseLine(body.line);
  const keys = body.keys === undefined ? new Map<string, FieldIndex>() : parseKeys(body.keys);
  if (line === undefined && keys.size === 0) {
    throw logError('IndexInfoInvalid', 'An index needs line, keys, or both.');
  }
  const given = Object.entries(body).filter(([key]) => !ANSWERED_KEYS.includes(key));
  return { line, keys, maxTextBytes, given: Object.fromEntries(given) };
}

function refuseOtherAnswers(body: JsonObject, answered: AnsweredIndex): void {
  optionalInteger(body, 'lastModifyTime', { min: 0, max: Number.MAX_SAFE_INTEGER });
  for (const key of ['index_mode', 'storage', 'ttl'] as const) {
    const value = body[key];
    if (value !== undefined && value !== answered[key]) {
      throw logError(
        'SandboxUnsupportedParameter',
        `The sandbox does not model ${key}: ${JSON.stringify(value)} in an index, only ${answered[key]}.`,
      );
    }
  }
}

function parseLine(value: unknown): LineIndex {
  if (!isObject(value)) throw logError('IndexInfoInvalid', 'line must be an object.');
  refuseOtherKeys(value, [...WORDING_KEYS, 'include_keys', 'exclude_keys'], 'line');
  const includeKeys = optionalTexts(value, 'include_keys');
  const excludeKeys = optionalTexts(value, 'exclude_keys');
  if (includeKeys !== undefined && excludeKeys !== undefined) {
    throw logError('IndexInfoInvalid', 'include_keys and exclude_keys exclude each other.');
  }
  return { ...parseWording(value), includeKeys, excludeKeys };
}

function parseKeys(value: unknown): Map<string, FieldIndex> {
  if (!isObject(value)) throw logError('IndexInfoInvalid', 'keys must be an object.');
  return new Map(Object.entries(value).map(([name, field]) => [name, parseField(name, field)]));
}

function parseField(name: string, value: unknown): FieldIndex {
  if (RESERVED_FIELDS.includes(name)) {
    throw logError(
      'SandboxUnsupportedParameter',
      `The sandbox does not model an index of ${name}: every logstore has one.`,
    );
  }
  if (!isObject(value)) throw logError('IndexInfoInvalid', `keys.${name} must be an object.`);
  refuseOtherKeys(value, ['type', 'alias', 'doc_value', ...WORDING_KEYS], `keys.${name}`);
  optionalText(value, 'alias');
  const analytics = optionalBoolean(value, 'doc_value') ?? false;
  switch (value.type) {
    case 'text':
      return { type: 'text', analytics, ...parseWording(value) };
    case 'long':
    case 'double':
      return { type: value.type, analytics };
    case 'json':
      throw logError('SandboxUnsupportedParameter', 'The sandbox does not model fields of JSON.');
    default:
      throw logError('IndexInfoInvalid', `keys.${name}.type must be text, long or double.`);
  }
}

function parseWording(value: JsonObject): Wording {
  const token = optionalTexts(value, 'token');
  if (token === undefined || token.some((delimiter) => [...delimiter].length !== 1)) {
    throw logError('IndexInfoInvalid');
  }
  return {
    token,
    caseSensitive: optionalBoolean(value, 'caseSensitive') ?? false,
    chn: optionalBoolean(value, 'chn') ?? false,
  };
}

function optionalTexts(object: JsonObject, key: string): readonly string[] | undefined {
  const value = object[key];
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw logError('IndexInfoInvalid', `${key} must be an array of strings.`);
  }
  return value;
}
