import { UsageError } from '../command.ts';

/** `Key=Value`, each key once. Throws a `UsageError`. */
export function parseParameters(given: readonly string[]): Readonly<Record<string, string>> {
  const parameters = new Map<string, string>();
  for (const text of given) {
    const [, key, value] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(text) ?? [];
    // What was typed may be a secret: say the form only.
    if (key === undefined || value === undefined) {
      throw new UsageError('--parameter takes KEY=VALUE, for example RetentionDays=730.');
    }
    if (parameters.has(key)) throw new UsageError(`--parameter ${key} is given twice.`);
    parameters.set(key, value);
  }
  return Object.fromEntries(parameters);
}
