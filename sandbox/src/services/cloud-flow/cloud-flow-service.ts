import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../protocols/rpc/json.ts';
import { type RpcOperation, type RpcProduct, rpcOperation } from '../../protocols/rpc/operation.ts';
import type { ParameterReader } from '../../protocols/rpc/parameters.ts';
import { type ErrorTable, errorFrom } from '../../protocols/service-error.ts';
import type { World } from '../../world/world.ts';
import type { FunctionCompute } from '../function-compute/function-compute.ts';
import { FlowDefinitionError, FlowNotModelled } from './errors.ts';
import { runFlow } from './run-flow.ts';

/** A flow as it was created. */
export interface StoredFlow {
  readonly id: string;
  readonly name: string;
  readonly definition: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly executionMode: string;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
}

interface Execution {
  readonly name: string;
  readonly flow: StoredFlow;
  readonly input: string;
  readonly startedAtMs: number;
  status: 'Failed' | 'Running' | 'Succeeded';
  output: string;
  stoppedAtMs: number | undefined;
}

interface CloudFlowPorts {
  readonly world: World;
  readonly accountId: string;
  readonly functionCompute: Pick<FunctionCompute, 'invoke'>;
  /** Those that stacks have created. */
  flows(): readonly StoredFlow[];
}

/** Sources: CloudFlow, the error tables of DescribeFlow, StartExecution and DescribeExecution. */
export const CLOUD_FLOW_ERRORS = {
  AccessDenied: { status: 403, message: 'The resources doesn’t belong to you.' },
  ExecutionAlreadyExists: { status: 400, message: 'The execution already exists.' },
  ExecutionNotExists: { status: 404, message: 'The execution does not exist.' },
  FlowNotExists: { status: 404, message: 'The flow does not exist.' },
  InvalidArgument: { status: 400, message: 'Parameter error.' },
} as const satisfies ErrorTable;

/** CloudFlow, API 2019-03-15: looks at flows that stacks have created, and runs them. */
export function createCloudFlowService(ports: CloudFlowPorts) {
  const { world, accountId } = ports;
  const executions = new Map<string, Execution>();

  const flowNamed = (name: string): StoredFlow => {
    const found = ports.flows().find((flow) => flow.name === name);
    if (found !== undefined) return found;
    throw cloudFlowError('FlowNotExists', `Flow ${name} does not exist`);
  };

  const operation = <Parameters>(
    name: string,
    parameters: (read: ParameterReader) => Parameters,
    /** After the ARN's account. */
    path: (parameters: Parameters) => string,
    handle: (parameters: Parameters) => JsonObject,
  ): RpcOperation =>
    rpcOperation({
      parameters: (read) => {
        // An id of the caller's own, for the call.
        read.text('RequestId');
        return parameters(read);
      },
      action: `fnf:${name}`,
      resource: (_caller, given) => `acs:fnf:${world.region}:${accountId}:${path(given)}`,
      noPermissionCode: 'AccessDenied',
      handle: ({ parameters: given }) => handle(given),
    });

  return {
    service: 'cloud-flow',
    hostId: `${world.region}.fnf.aliyuncs.com`,
    versions: {
      '2019-03-15': {
        DescribeFlow: operation(
          'DescribeFlow',
          (read) => ({ name: read.required('Name') }),
          ({ name }) => `flow/${name}`,
          ({ name }) => flowAnswer(flowNamed(name)),
        ),
        ListFlows: operation(
          'ListFlows',
          (read) => ({
            limit: read.integer('Limit', { minimum: 1, maximum: 1000 }) ?? 60,
            nextToken: read.text('NextToken') ?? '',
          }),
          () => 'flow/*',
          ({ limit, nextToken }) => {
            const rest = [...ports.flows()]
              .sort((a, b) => (a.name < b.name ? -1 : 1))
              .filter(({ name }) => name >= nextToken);
            const next = rest[limit];
            return {
              Flows: rest.slice(0, limit).map(flowAnswer),
              ...(next === undefined ? {} : { NextToken: next.name }),
            };
          },
        ),
        StartExecution: operation(
          'StartExecution',
          (read) => ({
            flowName: read.required('FlowName'),
            name: read.text('ExecutionName') ?? randomUUID(),
            input: read.text('Input') ?? '{}',
          }),
          ({ flowName, name }) => `flow/${flowName}/execution/${name}`,
          ({ flowName, name, input }) => {
            const flow = flowNamed(flowName);
            const key = `${flowName}/${name}`;
            if (executions.has(key)) {
              throw cloudFlowError('ExecutionAlreadyExists', `Execution ${name} already exists`);
            }
            const parsed = parseInput(input);
            if (flow.roleArn === undefined) {
              throw cloudFlowError('InvalidArgument', `Flow ${flowName} has no role to run as`);
            }
            const execution: Execution = {
              name,
              flow,
              input,
              startedAtMs: world.clock.now(),
              status: 'Running',
              output: '',
              stoppedAtMs: undefined,
            };
            executions.set(key, execution);
            void run(execution, parsed, flow.roleArn);
            return executionAnswer(execution);
          },
        ),
        DescribeExecution: operation(
          'DescribeExecution',
          (read) => ({
            flowName: read.required('FlowName'),
            name: read.required('ExecutionName'),
          }),
          ({ flowName, name }) => `flow/${flowName}/execution/${name}`,
          ({ flowName, name }) => {
            flowNamed(flowName);
            const execution = executions.get(`${flowName}/${name}`);
            if (execution !== undefined) return executionAnswer(execution);
            throw cloudFlowError('ExecutionNotExists', `Execution ${name} does not exist`);
          },
        ),
      },
    },
    errors: CLOUD_FLOW_ERRORS,
    quotas: {},
  } satisfies RpcProduct;

  /** Never rejects: what the sandbox does not model ends the execution as failed, and says so. */
  async function run(execution: Execution, input: unknown, roleArn: string): Promise<void> {
    const { definition } = execution.flow;
    try {
      const { status, output, error } = await runFlow({
        definition,
        input,
        roleArn,
        accountId,
        world,
        functionCompute: ports.functionCompute,
        executionName: execution.name,
      });
      execution.status = status === 'succeeded' ? 'Succeeded' : 'Failed';
      execution.output = JSON.stringify(error ?? output);
    } catch (thrown) {
      if (!(thrown instanceof FlowNotModelled || thrown instanceof FlowDefinitionError)) {
        process.stderr.write(`sandbox: the flow ${execution.flow.name} failed: ${thrown}\n`);
      }
      execution.status = 'Failed';
      execution.output = JSON.stringify({ Code: 'SandboxNotModelled', Detail: String(thrown) });
    }
    execution.stoppedAtMs = world.clock.now();
  }
}

function flowAnswer(flow: StoredFlow): JsonObject {
  return {
    Id: flow.id,
    Name: flow.name,
    Type: 'FDL',
    Definition: flow.definition,
    Description: flow.description ?? '',
    RoleArn: flow.roleArn ?? '',
    ExecutionMode: flow.executionMode,
    CreatedTime: new Date(flow.createdAtMs).toISOString(),
    LastModifiedTime: new Date(flow.modifiedAtMs).toISOString(),
  };
}

function executionAnswer(execution: Execution): JsonObject {
  const { name, flow, stoppedAtMs } = execution;
  return {
    Name: name,
    FlowName: flow.name,
    FlowDefinition: flow.definition,
    Status: execution.status,
    Input: execution.input,
    Output: execution.output,
    StartedTime: new Date(execution.startedAtMs).toISOString(),
    ...(stoppedAtMs === undefined ? {} : { StoppedTime: new Date(stoppedAtMs).toISOString() }),
  };
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw cloudFlowError('InvalidArgument', 'Input is not JSON');
  }
}

function cloudFlowError(code: keyof typeof CLOUD_FLOW_ERRORS, message: string) {
  return errorFrom(CLOUD_FLOW_ERRORS, code, { message: `${message}.` });
}
