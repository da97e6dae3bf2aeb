import { UsageError } from '../errors.ts';
import type { TemplateParameter } from './template-outline.ts';

/** `Key=Value`, each key once, and what the template allows. Throws a `UsageError`. */
export function parseParameters(
  given: readonly string[],
  known: readonly TemplateParameter[],
): Readonly<Record<string, string>> {
  const parameters = new Map<string, string>();
  for (const text of given) {
    const [, key, value] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/s.exec(text) ?? [];
    // What was typed may be a secret: say the form only.
    if (key === undefined || value === undefined) {
      throw new UsageError(({ usage }) => usage.parameterForm);
    }
    const parameter = known.find(({ name }) => name === key);
    if (parameter === undefined) {
      const names = known.map(({ name }) => name).join(', ');
      throw new UsageError(({ usage }) => usage.unknownParameter(key, names));
    }
    if (parameters.has(key)) {
      throw new UsageError(({ usage }) => usage.givenTwice(`--parameter ${key}`));
    }
    if (!parameter.accepts(value)) {
      throw new UsageError(({ usage, setup }) =>
        usage.parameterValue(key, parameter.constraint[setup.templateLanguage]),
      );
    }
    parameters.set(key, value);
  }
  return Object.fromEntries(parameters);
}
