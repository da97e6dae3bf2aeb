import type { Credentials } from './credentials.ts';

export type Redact = (text: string) => string;

const REDACTED = '***';

/** An HMAC-SHA256 or HMAC-SHA1 in base64, as it is or percent-encoded up to twice. */
const BASE64_SIGNATURE =
  /(?:(?:[A-Za-z0-9+/]|%(?:25)?2[BF]){43}|(?:[A-Za-z0-9+/]|%(?:25)?2[BF]){27})(?:=|%(?:25)?3D)/gi;
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
    .flatMap((secret) => {
      const once = encodeURIComponent(secret);
      return [secret, once, encodeURIComponent(once)];
    })
    // The longest first, or a part of it would be replaced and the rest would stay.
    .sort((a, b) => b.length - a.length);
  return (text) =>
    secrets
      .reduce((left, secret) => left.replaceAll(secret, REDACTED), text)
      .replace(BASE64_SIGNATURE, REDACTED)
      .replace(HEX_SIGNATURE, REDACTED);
}
