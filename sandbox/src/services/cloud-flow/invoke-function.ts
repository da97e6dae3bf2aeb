import { ServiceError } from '../../protocols/service-error.ts';
import { flowRoleAllows as roleAllows } from '../../world/flow-role.ts';
import { functionArn } from '../function-compute/function-arn.ts';
import type { Invocation } from '../function-compute/invocation.ts';
import type { Constructor } from './constructor.ts';
import { type FlowError, FlowNotModelled } from './errors.ts';
import { assertSize } from './history.ts';
import { isJson, type Json, type JsonObject } from './json.ts';
import type { Execution } from './state.ts';

/** Which function, from the task's parameters. */
interface FunctionTarget {
  readonly region: string;
  readonly accountId: string;
  readonly functionName: string;
}

type TaskResult =
  | { readonly ok: true; readonly output: JsonObject }
  | { readonly ok: false; readonly error: FlowError };

/** Of FC 3.0. Source: "Service integration modes" (…/latest/service-integration-pattern). */
const FUNCTION_ARN =
  /^acs:fc:(?<region>[a-z0-9-]+):(?<accountId>\d+):functions\/(?<name>[A-Za-z0-9_-]+)\/LATEST$/;

const PARAMETERS = ['body', 'invocationType', 'resourceArn'];

/**
 * `FC:InvokeFunction`. Source: "Integrate CloudFlow with Function Compute"
 * (help.aliyun.com/document_detail/2400200.html).
 */
export function readInvocation(
  parameters: Constructor,
  note: (key: string, problem: string) => void,
): FunctionTarget {
  for (const key of parameters.keys()) {
    if (!PARAMETERS.includes(key)) note(key, 'not modelled by the sandbox');
  }
  for (const key of PARAMETERS) if (!parameters.has(key)) note(key, 'is required');
  const type = parameters.get('invocationType');
  if (type !== undefined && !(type.kind === 'constant' && type.value === 'Sync')) {
    note('invocationType', 'is modelled as Sync only');
  }
  const arn = parameters.get('resourceArn');
  const text = arn?.kind === 'constant' && typeof arn.value === 'string' ? arn.value : '';
  const groups = FUNCTION_ARN.exec(text)?.groups;
  if (arn !== undefined && groups === undefined) {
    note('resourceArn', 'acs:fc:{region}:{account}:functions/{name}/LATEST is expected, filled in');
  }
  const { region = '', accountId = '', name = '' } = groups ?? {};
  return { region, accountId, functionName: name };
}

/**
 * One try. A function's answer comes as `Body`, as in Alibaba Cloud's own samples; an error of
 * Function Compute as `FC.{code}`, documented; a function's own error under its `name`, and an end
 * without one as `FC.Unknown`: both inferred.
 */
export async function invokeFunction(
  state: string,
  { region, accountId, functionName }: FunctionTarget,
  { body }: JsonObject,
  execution: Execution,
): Promise<TaskResult> {
  const { world } = execution;
  if (region !== world.region || accountId !== execution.accountId) {
    throw new FlowNotModelled(state, `the function is in ${region} of ${accountId}, not here`);
  }
  const arn = functionArn({ region, accountId }, functionName);
  if (!roleAllows(world, execution.roleArn, 'fc:InvokeFunction', arn)) {
    return failed('FC.AccessDenied', `the flow's role may not fc:InvokeFunction on ${arn}`);
  }
  try {
    const { invocation } = await execution.functionCompute.invoke(
      functionName,
      JSON.stringify(body),
    );
    if (invocation === undefined) throw new FlowNotModelled(state, 'nothing was invoked');
    return resultOf(state, invocation);
  } catch (error) {
    if (error instanceof ServiceError) return failed(`FC.${error.code}`, error.message);
    throw error;
  }
}

function resultOf(state: string, invocation: Invocation): TaskResult {
  if (invocation.status !== 'succeeded') {
    const { errorName = 'FC.Unknown', errorMessage = invocation.status } = invocation;
    return failed(errorName, errorMessage);
  }
  const output = { Body: parsed(state, invocation.result.toString()) };
  assertSize(state, "the function's answer", output);
  return { ok: true, output };
}

function parsed(state: string, text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    if (isJson(value)) return value;
  } catch {
    // Falls through: how such an answer is passed on is not documented.
  }
  throw new FlowNotModelled(state, 'the function answers with something that is no JSON');
}

function failed(Code: string, Detail: string): TaskResult {
  return { ok: false, error: { Code, Detail } };
}
