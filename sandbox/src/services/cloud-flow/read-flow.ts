import { parse } from 'yaml';
import { type Reader, readObject } from '../../protocols/reader.ts';
import { FlowDefinitionError } from './errors.ts';
import type { State, StateType, Target } from './state.ts';
import { choiceState } from './states/choice.ts';
import { failState } from './states/fail.ts';
import { passState } from './states/pass.ts';
import { succeedState } from './states/succeed.ts';
import { taskState } from './states/task.ts';
import { waitState } from './states/wait.ts';

/** A definition that can be run. */
export interface Flow {
  readonly name: string;
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

const STATE_TYPES: readonly StateType[] = [
  choiceState,
  failState,
  passState,
  succeedState,
  taskState,
  waitState,
];

/**
 * Reads a definition, YAML or JSON text, its placeholders filled in. Throws a
 * `FlowDefinitionError` with every problem. Source: "Flow definition"
 * (help.aliyun.com/document_detail/2412487.html).
 */
export function readFlow(text: string): Flow {
  const problems: string[] = [];
  const flow = readMachine(parsed(text), problems);
  if (problems.length > 0) throw new FlowDefinitionError(problems);
  return flow;
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new FlowDefinitionError([error instanceof Error ? error.message : String(error)]);
  }
}

function readMachine(value: unknown, problems: string[]): Flow {
  const reader = readObject(value, '', problems);
  reader.require('Type', 'SpecVersion', 'Name', 'StartAt', 'States');
  reader.only('Type', 'StateMachine');
  reader.only('SpecVersion', 'v1');
  reader.text('Description');
  const name = reader.text('Name') ?? '';
  if (!/^[A-Za-z_][A-Za-z0-9_-]{0,127}$/.test(name)) reader.problem('Name', `${name} is no name`);
  const startAt = reader.text('StartAt') ?? '';
  const states = new Map<string, State>();
  for (const one of reader.list('States') ?? []) {
    const state = readState(one);
    if (state === undefined) continue;
    if (states.has(state.name)) one.problem('Name', `${state.name} is there twice`);
    states.set(state.name, state);
  }
  reader.finish();

  const targets: readonly Target[] = [
    { path: 'StartAt', name: startAt },
    ...[...states.values()].flatMap((state) => state.targets),
  ];
  for (const target of targets) {
    if (!states.has(target.name)) {
      problems.push(`${target.path}: there is no state ${target.name}`);
    }
  }
  return { name, startAt, states };
}

function readState(reader: Reader): State | undefined {
  reader.require('Name', 'Type');
  const name = reader.text('Name') ?? '';
  const typeName = reader.text('Type');
  reader.text('Description');
  const type = STATE_TYPES.find((known) => known.type === typeName);
  if (type === undefined) {
    if (typeName !== undefined) reader.problem('Type', `${typeName} is not modelled`);
    return undefined;
  }
  const state = { name, type: type.type, ...type.read(reader, name) };
  reader.finish();
  return state;
}
