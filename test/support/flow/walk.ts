import * as v from 'valibot';
import { inBoth, type Shape, scopeOf, shapeOf, unknownReads } from './shapes.ts';
import { machine, type State } from './state-machine.ts';

/** What the definition may rely on. */
export interface Surroundings {
  /** Every name that a `Retry` or `Catch` may match. */
  readonly errorNames: readonly string[];
  /** An answer of the function that it invokes. */
  readonly answer: object;
  readonly functionNames: readonly string[];
}

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
