import { flowRoleExists as roleExists } from '../../world/flow-role.ts';
import type { World } from '../../world/world.ts';
import type { FunctionCompute } from '../function-compute/function-compute.ts';
import { type FlowError, FlowNotModelled } from './errors.ts';
import { createHistory, type HistoryEvent } from './history.ts';
import { isJson, isJsonObject, type JsonObject } from './json.ts';
import { readFlow } from './read-flow.ts';
import type { Execution } from './state.ts';

export interface FlowOptions {
  /** YAML or JSON, its placeholders filled in. */
  readonly definition: string;
  /** A JSON object. */
  readonly input: unknown;
  /** Of the flow: what it calls, it calls as this role. */
  readonly roleArn: string;
  readonly accountId: string;
  /** Waits are on its clock. */
  readonly world: World;
  readonly functionCompute: Pick<FunctionCompute, 'invoke'>;
  /** Default `execution-1`. */
  readonly executionName?: string;
}

export interface FlowResult {
  readonly status: 'succeeded' | 'failed';
  /** Of the last state. */
  readonly output: JsonObject;
  readonly error: FlowError | undefined;
  readonly history: readonly HistoryEvent[];
}

/**
 * Runs a definition to its end, in standard mode, on the sandbox's clock. Rejects with a
 * `FlowDefinitionError` before anything runs, and with `FlowNotModelled` where the service's
 * behaviour is not documented or a limit of it is passed.
 */
export async function runFlow(options: FlowOptions): Promise<FlowResult> {
  const { world, roleArn, input } = options;
  const flow = readFlow(options.definition);
  if (!isJson(input) || !isJsonObject(input)) {
    throw new FlowNotModelled(flow.name, 'the input is no JSON object');
  }
  if (!roleExists(world, roleArn)) {
    throw new FlowNotModelled(flow.name, `there is no role ${roleArn}`);
  }
  const history = createHistory(world.clock);
  const execution: Execution = {
    name: options.executionName ?? 'execution-1',
    input,
    roleArn,
    accountId: options.accountId,
    world,
    functionCompute: options.functionCompute,
    history,
  };

  let name = flow.startAt;
  let data = input;
  for (;;) {
    const state = flow.states.get(name);
    if (state === undefined) throw new FlowNotModelled(flow.name, `there is no state ${name}`);
    history.add({ type: 'StateEntered', state: name, input: data });
    const outcome = await state.run(data, execution);
    history.add({ type: 'StateExited', state: name, output: outcome.output });
    data = outcome.output;
    if (outcome.kind === 'failed') {
      return { status: 'failed', output: data, error: outcome.error, history: history.events() };
    }
    if (outcome.next === undefined) {
      return { status: 'succeeded', output: data, error: undefined, history: history.events() };
    }
    name = outcome.next;
  }
}
