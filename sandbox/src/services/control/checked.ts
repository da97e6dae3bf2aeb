/** Schemas whose refusals say what was wrong, where, and what there may be instead. */
import * as v from 'valibot';

const MOST_PROBLEMS = 20;
const LONGEST_QUOTE = 60;

/**
 * The value as the schema has it. Throws a `RangeError` with every problem and its place; `what` is
 * the whole.
 */
export function checked<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  what: string,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value, { message: sentence });
  if (parsed.success) return parsed.output;
  const problems = parsed.issues.map(
    (issue) => `${cut(v.getDotPath(issue) ?? what)}: ${issue.message}`,
  );
  const said = [...new Set(problems)];
  const more = said.splice(MOST_PROBLEMS).length;
  throw new RangeError([...said, ...(more === 0 ? [] : [`and ${more} more`])].join('; '));
}

/** An object of these keys and no others. */
export function object<const E extends v.ObjectEntries>(entries: E) {
  const known = Object.keys(entries);
  const schema = v.strictObject(entries, (issue) => {
    if (issue.expected === 'never') {
      return `there is no such key; there are: ${known.join(', ') || 'none'}`;
    }
    const missing = known.find((key) => issue.expected === JSON.stringify(key));
    const entry = missing === undefined ? undefined : entries[missing];
    return entry !== undefined && 'forms' in entry
      ? `is missing (${entry.forms} is expected)`
      : sentence(issue);
  });
  return noList(schema);
}

export function mapOf<
  const Key extends v.GenericSchema<string, string>,
  const Value extends v.GenericSchema,
>(key: Key, value: Value) {
  return noList(v.record(key, value));
}

/** To Valibot, a list is an object of no keys. */
function noList<S extends v.GenericSchema>(schema: S): S {
  return {
    ...schema,
    '~run': (dataset, config) =>
      (Array.isArray(dataset.value) ? LIST : schema)['~run'](dataset, config),
  };
}

const LIST = v.never('an object is expected, not a list');

/**
 * What has one of several forms, which are objects of different keys or else different in type. What
 * is wrong is said of the form that comes closest, and `forms` says which there are.
 */
export function eitherOf<const Options extends readonly v.GenericSchema[]>(
  forms: string,
  options: Options,
) {
  const union = v.union(options, (issue) => `${forms} is expected, not ${given(issue)}`);
  const schema: typeof union & { readonly forms: string } = {
    ...union,
    forms,
    '~run'(dataset, config) {
      const closest = options.find((option) => option.type === typeOf(dataset.value));
      if (closest !== undefined) return closest['~run'](dataset, config);
      const keys = keysInCommon(options, dataset.value);
      const most = Math.max(...keys);
      const form = most > 0 ? options[keys.indexOf(most)] : undefined;
      if (form === undefined) return union['~run'](dataset, config);
      const result = form['~run'](dataset, config);
      const issues = result.issues?.map((issue) => ({
        ...issue,
        message: `${issue.message} (${forms} is expected)`,
      }));
      return { ...result, issues } as typeof result;
    },
  };
  return schema;
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function keysInCommon(options: readonly v.GenericSchema[], value: unknown): number[] {
  const given = Object.keys(Object(value));
  return options.map((option) => {
    const known = 'entries' in option ? Object.keys(Object(option.entries)) : [];
    return given.filter((key) => known.includes(key)).length;
  });
}

/** What Valibot says with its own names of types, in words. */
function sentence(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected?.startsWith('"')) return 'is missing';
  const what = wanted(issue);
  return what === undefined ? issue.message : `${what} is expected, not ${given(issue)}`;
}

function wanted({ type, expected, requirement }: v.BaseIssue<unknown>): string | undefined {
  switch (type) {
    case 'array':
      return 'a list';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return 'a whole number';
    case 'iso_timestamp':
      return 'a time like 2026-01-02T03:04:05Z';
    case 'literal':
      return String(expected);
    case 'max_length':
      return `a length of at most ${requirement}`;
    case 'max_value':
      return `at most ${requirement}`;
    case 'min_length':
      return `a length of at least ${requirement}`;
    case 'min_value':
      return `at least ${requirement}`;
    case 'number':
      return 'a number';
    case 'record':
    case 'strict_object':
      return 'an object';
    case 'string':
      return 'text';
    case 'picklist':
    case 'variant':
      return expected === 'Object' ? 'an object' : `one of ${choices(expected)}`;
    default:
      return undefined;
  }
}

/** `("a" | "b")`: a, b. */
function choices(expected: string | null): string {
  return (expected ?? '').replace(/[()"]/g, '').split(' | ').join(', ');
}

function given({ input, received }: v.BaseIssue<unknown>): string {
  if (input === undefined) return 'nothing';
  if (Array.isArray(input)) return `a list of ${input.length}`;
  if (received === 'Object')
    return cut(`an object of ${Object.keys(Object(input)).join(', ') || 'no keys'}`);
  return cut(received);
}

function cut(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
