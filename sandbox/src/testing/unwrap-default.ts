/**
 * The default export of a CommonJS SDK, which Node hands out as it is, and bundlers and test runners
 * inside one more object.
 */
export function unwrapDefault<T>(imported: { readonly default: T } | T): T {
  return (typeof imported === 'object' || typeof imported === 'function') &&
    imported !== null &&
    'default' in imported
    ? imported.default
    : imported;
}
