import type { HttpRequest } from '../../server/http-service.ts';
import { headerOf } from '../header.ts';
import { errorFrom, type ServiceError } from '../service-error.ts';
import { gatewayErrors, missingParameter } from './errors.ts';

/** Parameters of the gateway itself; no operation reads them. */
export const GATEWAY_PARAMETERS: readonly string[] = [
  'AccessKeyId',
  'Action',
  'Format',
  'RegionId',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureType',
  'SignatureVersion',
  'Timestamp',
  'Version',
];

/** Query and form together, by name. */
export function readParameters(request: HttpRequest): Map<string, string> {
  return new Map(pairs(request));
}

/** Which of two values would count is not documented: throws `InvalidParameter` for a second one. */
export function refuseRepeated(request: HttpRequest): void {
  const seen = new Set<string>();
  for (const [name] of pairs(request)) {
    if (seen.has(name)) throw invalid(name, 'it is given twice');
    seen.add(name);
  }
}

/** What an ACS3 request says in its headers. */
const SAID_IN_HEADERS: readonly string[] = GATEWAY_PARAMETERS.filter(
  (name) => name !== 'Format' && name !== 'RegionId',
);

/**
 * Refuses parameters of the gateway beside what the headers say. Which of the two would count is
 * not documented. Throws `InvalidParameter`.
 */
export function refuseContradictions(request: HttpRequest, style: 'ACS3' | 'v1'): void {
  const parameters = readParameters(request);
  if (style === 'ACS3') {
    const extra = SAID_IN_HEADERS.find((name) => parameters.has(name));
    if (extra !== undefined) throw invalid(extra, 'an ACS3 request says it in its headers');
    return;
  }
  for (const name of ['Action', 'Version']) {
    const inHeader = headerOf(request, `x-acs-${name.toLowerCase()}`);
    const given = parameters.get(name);
    // pop-core writes the first letter in upper case in the parameter only.
    if (inHeader && given && inHeader.toLowerCase() !== given.toLowerCase()) {
      throw invalid(name, `the header says ${inHeader}`);
    }
  }
}

function pairs(request: HttpRequest): [string, string][] {
  const form = isForm(request) ? new URLSearchParams(request.body.toString('utf8')) : [];
  return [...request.query, ...form];
}

function isForm(request: HttpRequest): boolean {
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}

/** An operation's own parameters: it takes what it knows, and the rest is refused. */
export interface ParameterReader {
  text(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  integer(
    name: string,
    range: { readonly minimum: number; readonly maximum: number },
  ): number | undefined;
  /** Throws `MissingParameter`. */
  required(name: string): string;
  /**
   * When a parameter is left that nobody asked for: throws `InvalidParameter`, or passes it over where
   * that was chosen.
   */
  refuseRest(): void;
}

/**
 * An empty value counts as not given. Every method throws a `ServiceError` for a bad value. `passOver`
 * takes the parameters that nobody asked for. Default: they are refused.
 */
export function createParameterReader(
  parameters: ReadonlyMap<string, string>,
  passOver?: (name: string) => void,
): ParameterReader {
  const rest = new Set(parameters.keys());

  function text(name: string): string | undefined {
    rest.delete(name);
    const value = parameters.get(name);
    return value === '' ? undefined : value;
  }

  return {
    text,
    flag(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (value !== 'true' && value !== 'false') throw invalid(name, 'it is not true or false');
      return value === 'true';
    },
    integer(name, { minimum, maximum }) {
      const value = text(name);
      if (value === undefined) return undefined;
      const number = Number(value);
      if (!/^-?\d+$/.test(value) || number < minimum || number > maximum) {
        throw invalid(name, `it is not an integer from ${minimum} to ${maximum}`);
      }
      return number;
    },
    required(name) {
      const value = text(name);
      if (value === undefined) {
        throw missingParameter(name);
      }
      return value;
    },
    refuseRest() {
      if (passOver !== undefined) {
        rest.forEach(passOver);
        return;
      }
      const [name] = rest;
      if (name !== undefined) throw invalid(name, 'the sandbox does not model it');
    },
  };
}

function invalid(name: string, reason: string): ServiceError {
  return errorFrom(gatewayErrors, 'InvalidParameter', {
    message: `The specified parameter "${name}" is not valid: ${reason}.`,
  });
}
