/**
 * The OpenAPI SDKs are CommonJS with an `exports.default`: under Node's ESM that is a default
 * inside the default. Returns the innermost one.
 */
export function unwrapDefault<T>(imported: T | { default: T }): T {
  return typeof imported === 'object' && imported !== null && 'default' in imported
    ? imported.default
    : imported;
}
