import type { Credentials } from './credentials.ts';

export type Redact = (text: string) => string;

const REDACTED = '***';

/** The characters of base64 that are written in other ways in URLs and in JSON. */
const SLASH = String.raw`(?:\\?\/|%(?:25)?2f)`;
const PLUS = String.raw`(?:\+|%(?:25)?2b)`;
const EQUALS = String.raw`(?:=|\\u003d|%(?:25)?3d)`;

/** An HMAC-SHA256 or HMAC-SHA1 in base64, as it is, escaped, or percent-encoded up to twice. */
const BASE64_SIGNATURE = new RegExp(
  `(?:(?:[a-z0-9]|${PLUS}|${SLASH}){43}|(?:[a-z0-9]|${PLUS}|${SLASH}){27})${EQUALS}`,
  'gi',
);
/** An HMAC-SHA256 in hex. */
const HEX_SIGNATURE = /\b[0-9a-f]{64}\b/gi;

/**
 * Takes credentials and signatures out of a service's message. Gateways answer a wrong signature
 * with the string that they signed, and that holds the key id and the token.
 */
export function createRedact(credentials: Credentials): Redact {
  const { accessKeyId, accessKeySecret, securityToken = '' } = credentials;
  const secrets = [accessKeyId, accessKeySecret, securityToken]
    .filter((secret) => secret !== '')
    // The longest first, or a part of it would be replaced and the rest would stay.
    .sort((a, b) => b.length - a.length)
    .map((secret) => new RegExp([...secret].map(waysToWrite).join(''), 'g'));
  return (text) =>
    [...secrets, BASE64_SIGNATURE, HEX_SIGNATURE].reduce(
      (left, secret) => left.replace(secret, REDACTED),
      text,
    );
}

/** A character of a secret: as it is, escaped in JSON, or percent-encoded up to twice. */
function waysToWrite(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character;
  const plain = character.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`);
  const hex = [...Buffer.from(character)]
    .map((byte) => `%(?:25)?${anyCase(byte.toString(16).padStart(2, '0'))}`)
    .join('');
  return String.raw`(?:\\?${plain}|${hex})`;
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
