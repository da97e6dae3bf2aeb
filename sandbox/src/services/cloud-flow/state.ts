import type { Reader } from '../../protocols/reader.ts';
import type { World } from '../../world/world.ts';
import type { FunctionCompute } from '../function-compute/function-compute.ts';
import { type Constructor, construct, readConstructor } from './constructor.ts';
import type { FlowError } from './errors.ts';
import type { Scope } from './expression/evaluate.ts';
import type { History } from './history.ts';
import type { JsonObject } from './json.ts';

/** The name of a state that a field points to. */
export interface Target {
  /** Of the field, in the definition. */
  readonly path: string;
  readonly name: string;
}

/** What a running execution offers its states. */
export interface Execution {
  readonly name: string;
  readonly input: JsonObject;
  /** The flow's role: what the flow calls, it calls as this. */
  readonly roleArn: string;
  readonly accountId: string;
  readonly world: World;
  readonly functionCompute: Pick<FunctionCompute, 'invoke'>;
  readonly history: History;
}

/** How a state ended. `next`: absent when the execution ends with it. */
export type Outcome =
  | { readonly kind: 'passed'; readonly output: JsonObject; readonly next: string | undefined }
  | { readonly kind: 'failed'; readonly output: JsonObject; readonly error: FlowError };

export interface State {
  readonly name: string;
  readonly type: string;
  readonly targets: readonly Target[];
  run(input: JsonObject, execution: Execution): Promise<Outcome> | Outcome;
}

/** One kind of state: its fields and what it does. */
export interface StateType {
  readonly type: string;
  /** Reads the fields that only this kind has; notes problems in the reader. */
  read(reader: Reader, name: string): Omit<State, 'name' | 'type'>;
}

/** `Next`, or `End: true`: one of them. */
export function readNext(reader: Reader): Target | undefined {
  const target = readTarget(reader, 'Next');
  const end = reader.boolean('End') ?? false;
  if (target === undefined && !end) reader.problem('Next', 'is required where End is not true');
  if (target !== undefined && end) reader.problem('End', 'is true, and there is a Next');
  return target;
}

export function readTarget(reader: Reader, key: string): Target | undefined {
  const name = reader.text(key);
  return name === undefined ? undefined : { path: `${reader.path}.${key}`, name };
}

export function defined<T>(...items: readonly (T | undefined)[]): readonly T[] {
  return items.filter((item) => item !== undefined);
}

/** `InputConstructor` and `OutputConstructor`; without one, what comes goes on. */
interface Constructors {
  readonly input: Constructor | undefined;
  readonly output: Constructor | undefined;
}

export function readConstructors(reader: Reader): Constructors {
  return {
    input: readConstructor(reader, 'InputConstructor', ['$Context', '$Input']),
    output: readConstructor(reader, 'OutputConstructor', ['$Context', '$Input', '$Output']),
  };
}

/** `$Context`, as of a state that has this input. */
export function contextOf(
  execution: Execution,
  current: { readonly name: string; readonly input: JsonObject },
  more: Readonly<Record<string, JsonObject | number>> = {},
): JsonObject {
  return {
    Execution: { Name: execution.name, Input: execution.input, RoleArn: execution.roleArn },
    Current: { Name: current.name, Input: current.input, ...more },
  };
}

export function constructInput(
  name: string,
  { input: shape }: Constructors,
  input: JsonObject,
  execution: Execution,
): JsonObject {
  if (shape === undefined) return input;
  const scope = { $Context: contextOf(execution, { name, input }), $Input: input };
  return construct(shape, scope, `${name}.InputConstructor`);
}

/** `output`: what the state came to, before its constructor. */
export function constructOutput(
  name: string,
  { output: shape }: Constructors,
  { input, output }: { readonly input: JsonObject; readonly output: JsonObject },
  execution: Execution,
): JsonObject {
  if (shape === undefined) return output;
  const $Context = contextOf(execution, { name, input }, { Output: output });
  const scope: Scope = { $Context, $Input: input, $Output: output };
  return construct(shape, scope, `${name}.OutputConstructor`);
}
