import { parseArgs } from 'node:util';
import { type OptionSpecs, type OptionValues, UsageError } from './command.ts';
import { nearest } from './nearest.ts';

/**
 * The values of a command's options. An option that is not given is `undefined`, `false`, or an
 * empty list. Throws a `UsageError` that says what is wrong with which argument.
 */
export function parseOptions<Specs extends OptionSpecs>(
  specs: Specs,
  args: readonly string[],
): OptionValues<Specs> {
  refuseUnknown(specs, args);
  const values = Object.fromEntries(
    Object.entries(parseStrictly(specs, args)).map(([name, value]) => [name, value]),
  );
  const complete: Record<string, unknown> = Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple }]) => [
      name,
      values[name] ?? (type === 'boolean' ? false : multiple === true ? [] : undefined),
    ]),
  );
  if (!isComplete(specs, complete)) throw new TypeError('Options do not have their types.');
  return complete;
}

function parseStrictly(specs: OptionSpecs, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: optionsOf(specs), strict: true }).values;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    // "Option '--account <value>' argument missing", and hints that don't apply here.
    throw new UsageError(`${error.message.split(/[.\n]/)[0]}.`);
  }
}

/** With the option that was probably meant, which `parseArgs` can't say. */
function refuseUnknown(specs: OptionSpecs, args: readonly string[]): void {
  const { tokens } = parseArgs({
    args: [...args],
    options: optionsOf(specs),
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') {
      throw new UsageError(`${token.value} stands without an option before it.`);
    }
    if (token.kind === 'option' && !Object.hasOwn(specs, token.name)) {
      const meant = nearest(token.name, Object.keys(specs));
      const hint = meant === undefined ? '' : ` Did you mean --${meant}?`;
      throw new UsageError(`There is no option ${token.rawName}.${hint}`);
    }
    if (token.kind === 'option' && specs[token.name]?.type === 'string' && token.value === '') {
      throw new UsageError(`${token.rawName} has an empty value.`);
    }
  }
}

function optionsOf(specs: OptionSpecs) {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple }]) => [
      name,
      { type, multiple: multiple === true },
    ]),
  );
}

function isComplete<Specs extends OptionSpecs>(
  specs: Specs,
  values: Readonly<Record<string, unknown>>,
): values is OptionValues<Specs> {
  return Object.entries(specs).every(([name, { type, multiple }]) => {
    const value = values[name];
    if (type === 'boolean') return typeof value === 'boolean';
    return multiple === true
      ? Array.isArray(value)
      : value === undefined || typeof value === 'string';
  });
}
