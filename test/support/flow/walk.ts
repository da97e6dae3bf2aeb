import * as v from 'valibot';

/** What the definition may rely on. */
export interface Surroundings {
  /** Every name that a `Retry` or `Catch` may match. */
  readonly errorNames: readonly string[];
  /** An answer of the function that it invokes. */
  readonly answer: object;
  readonly functionNames: readonly string[];
}

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const text = v.pipe(v.string(), v.nonEmpty());
const data = v.record(v.string(), v.unknown());
const common = { Name: text, Description: v.optional(text) };
const constructors = { InputConstructor: v.optional(data), OutputConstructor: v.optional(data) };
const onward = { Next: v.optional(text), End: v.optional(v.literal(true)) };
const errors = v.pipe(v.array(text), v.minLength(1));

/** The fields as the service's pages require them: of CloudFlow, "Error handling" and each state's. */
const state = v.variant('Type', [
  v.strictObject({ ...common, ...constructors, ...onward, Type: v.literal('Pass') }),
  v.strictObject({ ...common, ...constructors, Type: v.literal('Succeed') }),
  v.strictObject({
    ...common,
    ...constructors,
    Type: v.literal('Fail'),
    Code: v.optional(text),
    Detail: text,
  }),
  v.strictObject({
    ...common,
    ...constructors,
    ...onward,
    Type: v.literal('Wait'),
    Seconds: whole(1, 300),
  }),
  v.strictObject({
    ...common,
    Type: v.literal('Choice'),
    Branches: v.pipe(v.array(v.strictObject({ Condition: text, Next: text })), v.minLength(1)),
    Default: text,
  }),
  v.strictObject({
    ...common,
    ...constructors,
    ...onward,
    Type: v.literal('Task'),
    Action: v.literal('FC:InvokeFunction'),
    TaskMode: v.literal('RequestComplete'),
    Parameters: v.strictObject({
      resourceArn: v.pipe(
        v.string(),
        v.regex(
          /^acs:fc:\$\{ALIYUN::Region\}:\$\{ALIYUN::TenantId\}:functions\/[A-Za-z0-9_-]+\/LATEST$/,
        ),
      ),
      invocationType: v.literal('Sync'),
      'body.$': text,
    }),
    Retry: v.array(
      v.strictObject({
        Description: text,
        Errors: errors,
        MaxAttempts: whole(1, 100),
        IntervalSeconds: whole(1, 86_400),
        BackoffRate: v.optional(v.pipe(v.number(), v.minValue(1))),
        MaxBackoffSeconds: v.optional(whole(1, 86_400)),
      }),
    ),
    Catch: v.array(
      v.strictObject({ Description: text, Errors: errors, OutputConstructor: data, Next: text }),
    ),
  }),
]);

const machine = v.strictObject({
  Type: v.literal('StateMachine'),
  SpecVersion: v.literal('v1'),
  Name: v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/)),
  StartAt: text,
  States: v.array(state),
});

type State = v.InferOutput<typeof state>;

/** Members that are there; `true` where what is inside is not known. */
type Shape = { readonly [key: string]: Shape } | true;

interface Edge {
  readonly to: string;
  readonly output: Shape;
}

/** Walks the definition along every transition; what it relies on and is not there comes back. */
export function problemsOfFlow(definition: unknown, surroundings: Surroundings): string[] {
  const parsed = v.safeParse(machine, definition);
  if (!parsed.success) {
    return parsed.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
  }
  const { StartAt, States } = parsed.output;
  const problems: string[] = [];
  const states = new Map(States.map((one) => [one.Name, one]));
  if (states.size < States.length) problems.push('two states have one name');

  for (const one of States) {
    for (const name of targetsOf(one)) {
      if (!states.has(name)) problems.push(`${one.Name}: there is no state ${name}`);
    }
    if ('Next' in one || 'End' in one) {
      if ((one.Next === undefined) === (one.End === undefined)) {
        problems.push(`${one.Name}: Next or End, one of them`);
      }
    } else if (['Pass', 'Wait', 'Task'].includes(one.Type)) {
      problems.push(`${one.Name}: Next or End, one of them`);
    }
    if (one.Type === 'Task') problems.push(...problemsOfTask(one, surroundings));
  }
  if (!states.has(StartAt)) return [...problems, `StartAt: there is no state ${StartAt}`];

  const inputs = inputsOf(states, StartAt, surroundings.answer);
  for (const one of States) {
    const input = inputs.get(one.Name);
    if (input === undefined) {
      problems.push(`${one.Name}: nothing leads to it`);
    } else {
      problems.push(...unknownReads(one, input, surroundings.answer));
    }
    if (!leadsToAnEnd(one.Name, states)) problems.push(`${one.Name}: no way out`);
  }
  return problems;
}

function targetsOf(one: State): string[] {
  switch (one.Type) {
    case 'Choice':
      return [...one.Branches.map(({ Next }) => Next), one.Default];
    case 'Task':
      return [...one.Catch.map(({ Next }) => Next), ...(one.Next === undefined ? [] : [one.Next])];
    case 'Pass':
    case 'Wait':
      return one.Next === undefined ? [] : [one.Next];
    default:
      return [];
  }
}

function problemsOfTask(task: Extract<State, { Type: 'Task' }>, known: Surroundings): string[] {
  const problems: string[] = [];
  const name = task.Parameters.resourceArn.split('/')[1] ?? '';
  if (!known.functionNames.includes(name)) problems.push(`${task.Name}: no function ${name}`);
  for (const rules of [task.Retry, task.Catch]) {
    const names = rules.flatMap(({ Errors }) => Errors);
    for (const one of names) {
      if (!known.errorNames.includes(one)) problems.push(`${task.Name}: nobody throws ${one}`);
    }
    if (new Set(names).size < names.length) problems.push(`${task.Name}: an error is there twice`);
    const all = names.indexOf('FnF.ALL');
    if (all >= 0 && all < names.length - 1) problems.push(`${task.Name}: FnF.ALL is not the last`);
  }
  if (!task.Catch.at(-1)?.Errors.includes('FnF.ALL')) {
    problems.push(`${task.Name}: an error can end the flow unsaid`);
  }
  return problems;
}

/** What each state is sure to get: the members that every way to it carries. */
function inputsOf(
  states: ReadonlyMap<string, State>,
  startAt: string,
  answer: object,
): Map<string, Shape> {
  const inputs = new Map<string, Shape>([[startAt, {}]]);
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const one = states.get(name);
    const input = inputs.get(name);
    if (one === undefined || input === undefined) continue;
    for (const { to, output } of edgesOf(one, input, answer)) {
      const before = inputs.get(to);
      const after = before === undefined ? output : inBoth(before, output);
      if (JSON.stringify(after) === JSON.stringify(before)) continue;
      inputs.set(to, after);
      open.push(to);
    }
  }
  return inputs;
}

function edgesOf(one: State, input: Shape, answer: object): Edge[] {
  const scope = scopeOf(input, answer);
  const onwards = (name: string | undefined, output: Shape) =>
    name === undefined ? [] : [{ to: name, output }];
  switch (one.Type) {
    case 'Choice':
      return targetsOf(one).map((to) => ({ to, output: input }));
    case 'Pass':
    case 'Wait':
      return onwards(
        one.Next,
        one.OutputConstructor === undefined ? input : shapeOf(one.OutputConstructor, scope),
      );
    case 'Task':
      return [
        ...one.Catch.map((rule) => ({
          to: rule.Next,
          output: shapeOf(rule.OutputConstructor, scope),
        })),
        ...onwards(one.Next, shapeOf(one.OutputConstructor ?? {}, scope)),
      ];
    default:
      return [];
  }
}

interface Scope {
  readonly $Context: Shape;
  readonly $Input: Shape;
  readonly $Output: Shape;
}

function scopeOf(input: Shape, answer: object): Scope {
  const error = { Code: true, Detail: true } as const;
  return {
    $Context: {
      Execution: { Name: true, Input: true, RoleArn: true },
      Current: { Name: true, Input: input, Error: error, RetryCount: true },
    },
    $Input: input,
    $Output: { Body: membersOf(answer) },
  };
}

function membersOf(value: unknown): Shape {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return true;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, membersOf(one)]));
}

/** The shape of what a constructor makes. */
function shapeOf(members: Readonly<Record<string, unknown>>, scope: Scope): Shape {
  return Object.fromEntries(
    Object.entries(members).map(([key, value]): [string, Shape] => {
      if (!key.endsWith('.$')) return [key, true];
      const path = /^\$[A-Za-z.]+$/.exec(String(value))?.[0];
      return [key.slice(0, -2), path === undefined ? true : (look(path, scope) ?? true)];
    }),
  );
}

function look(path: string, scope: Scope): Shape | undefined {
  let shape: Shape | undefined = { ...scope };
  for (const step of path.split('.')) {
    if (shape === true || shape === undefined) return shape;
    shape = shape[step];
  }
  return shape;
}

function inBoth(a: Shape, b: Shape): Shape {
  if (a === true || b === true) return a === true ? b : a;
  return Object.fromEntries(
    Object.entries(a).flatMap(([key, shape]) => {
      const other = b[key];
      return other === undefined ? [] : [[key, inBoth(shape, other)]];
    }),
  );
}

function unknownReads(one: State, input: Shape, answer: object): string[] {
  const scope = scopeOf(input, answer);
  return textsOf(one)
    .flatMap((value) => value.match(/\$[A-Za-z]+(?:\.[A-Za-z]+)*/g) ?? [])
    .filter((path) => look(path, scope) === undefined)
    .map((path) => `${one.Name}: there is no ${path}`);
}

/** Texts that are expressions: conditions, and values of keys that end with `.$`. */
function textsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return key.endsWith('.$') || key === 'Condition' ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, item]) => textsOf(item, inner));
}

function leadsToAnEnd(from: string, states: ReadonlyMap<string, State>): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const one = states.get(name);
    if (one === undefined || seen.has(name)) continue;
    seen.add(name);
    const targets = targetsOf(one);
    if (targets.length === 0) return true;
    open.push(...targets);
  }
  return false;
}
