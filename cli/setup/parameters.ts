import { UsageError } from '../errors.ts';

/** `Key=Value`, each key once, and one of `known`. Throws a `UsageError`. */
export function parseParameters(
  given: readonly string[],
  known: readonly string[],
): Readonly<Record<string, string>> {
  const parameters = new Map<string, string>();
  for (const text of given) {
    const [, key, value] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(text) ?? [];
    // What was typed may be a secret: say the form only.
    if (key === undefined || value === undefined) {
      throw new UsageError(({ usage }) => usage.parameterForm);
    }
    if (!known.includes(key)) {
      throw new UsageError(({ usage }) => usage.unknownParameter(key, known.join(', ')));
    }
    if (parameters.has(key)) {
      throw new UsageError(({ usage }) => usage.givenTwice(`--parameter ${key}`));
    }
    parameters.set(key, value);
  }
  return Object.fromEntries(parameters);
}
