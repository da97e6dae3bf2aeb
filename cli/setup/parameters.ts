import { UsageError } from '../command.ts';
import { nearest } from '../nearest.ts';

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
      throw new UsageError('--parameter takes KEY=VALUE, for example RetentionDays=730.');
    }
    if (!known.includes(key)) {
      const meant = nearest(key, known);
      throw new UsageError(
        `stack.yaml has no parameter ${key}: it has ${known.join(', ')}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
      );
    }
    if (parameters.has(key)) throw new UsageError(`--parameter ${key} is given twice.`);
    parameters.set(key, value);
  }
  return Object.fromEntries(parameters);
}
