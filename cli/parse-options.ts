import { parseArgs } from 'node:util';
import { type OptionSpecs, type OptionValues, UsageError } from './command.ts';
import { nearest } from './nearest.ts';

/**
 * The values of a command's options. An option that is not given is `undefined`, `false`, or an
 * empty list. Throws a `UsageError` that says what is wrong with which argument.
 */
export function parseOptions<Specs extends OptionSpecs>(
  commandName: string,
  specs: Specs,
  args: readonly string[],
): OptionValues<Specs> {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: optionsOf(specs),
    strict: false,
    tokens: true,
  });
  for (const token of tokens) refuseWrong(token, commandName, specs);
  const complete: Record<string, unknown> = Object.fromEntries(
    Object.entries(specs).map(([name, { type, multiple }]) => [
      name,
      values[name] ?? (type === 'boolean' ? false : multiple === true ? [] : undefined),
    ]),
  );
  if (!isComplete(specs, complete)) throw new TypeError('Options do not have their types.');
  return complete;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];

function refuseWrong(token: Token, commandName: string, specs: OptionSpecs): void {
  if (token.kind === 'positional') {
    throw new UsageError(`Unexpected argument ${token.value}: ${commandName} takes options only.`);
  }
  if (token.kind !== 'option') return;
  const { name, rawName, value } = token;
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
  if (spec === undefined) {
    const meant = nearest(name, Object.keys(specs));
    const hint = meant === undefined ? '' : ` Did you mean --${meant}?`;
    throw new UsageError(`There is no option ${rawName}.${hint}`);
  }
  if (spec.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`);
    return;
  }
  // `--account --json`: the value was forgotten.
  const isMissing = value === undefined || value === '';
  if (isMissing || (!token.inlineValue && value.startsWith('-'))) {
    throw new UsageError(`${rawName} needs a value: ${spec.value ?? 'VALUE'}.`);
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
