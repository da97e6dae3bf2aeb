/**
 * The OpenAPI SDKs are CommonJS with an `exports.default`: under Node's ESM, and in a bundle, that
 * is a default inside the default. Returns the innermost one.
 */
export function unwrapDefault<T>(imported: { readonly default: T } | T): T {
  return (typeof imported === 'object' || typeof imported === 'function') &&
    imported !== null &&
    'default' in imported
    ? imported.default
    : imported;
}
