import { headerOf } from '../../protocols/header.ts';
import type { HttpRequest } from '../../server/http-service.ts';
import { logError } from './errors.ts';

/** What no operation needs is refused before it is parsed. */
const LARGEST_JSON_BYTES = 512 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The request's JSON object. Throws `PostBodyInvalid`, `PostBodyTooLarge`, … */
export function jsonBody(request: HttpRequest): JsonObject {
  const { body } = request;
  if (body.length > LARGEST_JSON_BYTES) {
    throw logError('PostBodyTooLarge', `A body of JSON has at most ${LARGEST_JSON_BYTES} bytes.`);
  }
  if (body.length > 0) {
    const type = headerOf(request, 'content-type');
    if (type === undefined) throw logError('MissingContentType');
    if (!type.startsWith('application/json')) {
      throw logError('InvalidContentType', `Content-Type ${type} is unsupported.`);
    }
  }
  checkRawSize(request);
  const value = parse(body.toString('utf8'));
  if (!isObject(value)) {
    throw logError('PostBodyInvalid', 'The request body is not valid JSON object.');
  }
  return value;
}

/** The documentation's own samples send 0 with a body; the SDKs send its size, or nothing. */
function checkRawSize(request: HttpRequest): void {
  const size = headerOf(request, 'x-log-bodyrawsize');
  if (size !== undefined && size !== '0' && size !== String(request.body.length)) {
    throw logError('InvalidBodyRawSize');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Throws `SandboxUnsupportedParameter` for a key that is not in `known`. */
export function refuseOtherKeys(object: JsonObject, known: readonly string[], where: string): void {
  const other = Object.keys(object).filter((key) => !known.includes(key));
  if (other.length > 0) {
    throw logError(
      'SandboxUnsupportedParameter',
      `The sandbox does not model ${other.join(', ')} in ${where}.`,
    );
  }
}

/** The same for the query string. */
export function refuseOtherParameters(query: URLSearchParams, known: readonly string[]): void {
  refuseOtherKeys(Object.fromEntries(query), known, 'the query string');
}

/** `undefined` when absent; throws `ParameterInvalid` when of another type or out of range. */
export function optionalInteger(
  object: JsonObject,
  key: string,
  range: { readonly min: number; readonly max: number },
): number | undefined {
  const value = object[key];
  if (value === undefined) return undefined;
  if (
    typeof value !== 'number' ||
    !Number.isInteger(value) ||
    value < range.min ||
    value > range.max
  ) {
    throw logError('ParameterInvalid', `${key} must be ${range.min} to ${range.max}.`);
  }
  return value;
}

export function optionalBoolean(object: JsonObject, key: string): boolean | undefined {
  const value = object[key];
  if (value === undefined || typeof value === 'boolean') return value;
  throw logError('ParameterInvalid', `${key} must be a boolean.`);
}

export function optionalText(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  if (value === undefined || typeof value === 'string') return value;
  throw logError('ParameterInvalid', `${key} must be a string.`);
}
