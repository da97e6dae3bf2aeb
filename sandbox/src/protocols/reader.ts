/**
 * Reads a value that somebody else wrote, key by key. Each problem is noted with its full path; a
 * key that nobody asked for is one of them, so nothing that the file sets is passed over.
 */
export interface Reader {
  readonly path: string;
  has(key: string): boolean;
  /** `undefined` when it is absent; a problem when it is something else. */
  text(key: string): string | undefined;
  number(key: string): number | undefined;
  boolean(key: string): boolean | undefined;
  object(key: string): Reader | undefined;
  list(key: string): readonly Reader[] | undefined;
  /** An object whose values are all text. */
  texts(key: string): Readonly<Record<string, string>> | undefined;
  /** Taken as it is, whatever it holds. */
  anything(key: string): unknown;
  keys(): readonly string[];
  /** Notes a problem when the key is absent. */
  require(...keys: readonly string[]): void;
  /** Only this value is modelled: any other is a problem, absence isn't. */
  only(key: string, ...values: readonly (string | number | boolean)[]): void;
  /** Notes a problem of a key, or of the whole object. */
  problem(key: string | undefined, text: string): void;
  /** Notes every key that was not asked for. */
  finish(): void;
}

/** Notes problems of the form `key: text`, as the services phrase them. */
export function noteAll(reader: Reader, problems: readonly string[]): void {
  for (const problem of problems) {
    const colon = problem.indexOf(': ');
    reader.problem(problem.slice(0, colon), problem.slice(colon + 2));
  }
}

export const NOT_MODELLED = 'not modelled by the sandbox';

export function readObject(value: unknown, path: string, problems: string[]): Reader {
  const isObject = isRecord(value);
  const fields = isObject ? value : {};
  if (!isObject) problems.push(`${path || 'the file'}: an object is expected`);
  const asked = new Set<string>();
  const pathOf = (key: string) => (path === '' ? key : `${path}.${key}`);
  const note = (key: string | undefined, text: string) =>
    problems.push(`${key === undefined ? path || 'the file' : pathOf(key)}: ${text}`);

  function take<T>(key: string, kind: string, is: (value: unknown) => value is T): T | undefined {
    asked.add(key);
    const taken = fields[key];
    if (taken === undefined || is(taken)) return taken;
    note(key, `${kind} is expected`);
    return undefined;
  }

  return {
    path,
    has: (key) => fields[key] !== undefined,
    text: (key) => take(key, 'text', (taken) => typeof taken === 'string'),
    number: (key) => take(key, 'a number', (taken) => typeof taken === 'number'),
    boolean: (key) => take(key, 'true or false', (taken) => typeof taken === 'boolean'),
    object: (key) => {
      const inner = take(key, 'an object', isRecord);
      return inner && readObject(inner, pathOf(key), problems);
    },
    list: (key) =>
      take(key, 'a list', (taken) => Array.isArray(taken))?.map((item: unknown, index) =>
        readObject(item, `${pathOf(key)}[${index}]`, problems),
      ),
    texts: (key) => {
      const inner = take(key, 'an object', isRecord);
      if (inner === undefined) return undefined;
      const texts: Record<string, string> = {};
      for (const [name, text] of Object.entries(inner)) {
        if (typeof text === 'string') texts[name] = text;
        else problems.push(`${pathOf(key)}.${name}: text is expected, quote it`);
      }
      return texts;
    },
    anything: (key) => {
      asked.add(key);
      return fields[key];
    },
    keys: () => Object.keys(fields),
    require: (...keys) => {
      for (const key of keys) if (fields[key] === undefined) note(key, 'is required');
    },
    only: (key, ...values) => {
      asked.add(key);
      const value = fields[key];
      if (value === undefined || values.some((modelled) => modelled === value)) return;
      note(key, `${JSON.stringify(value)} is ${NOT_MODELLED}, ${values.join(' or ')} is`);
    },
    problem: note,
    finish: () => {
      for (const key of Object.keys(fields)) if (!asked.has(key)) note(key, NOT_MODELLED);
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
