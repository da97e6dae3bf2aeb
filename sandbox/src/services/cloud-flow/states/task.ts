import { construct, readConstructor } from '../constructor.ts';
import { intervalMs, readCatch, readRetry, ruleFor } from '../error-rules.ts';
import type { FlowError } from '../errors.ts';
import { invokeFunction, readInvocation } from '../invoke-function.ts';
import {
  constructInput,
  constructOutput,
  contextOf,
  defined,
  type Execution,
  type Outcome,
  readConstructors,
  readNext,
  type StateType,
} from '../state.ts';
import { waitOnClock } from '../wait-on-clock.ts';

/** Calls a service: Function Compute only. Source: "Task" (…/serverless-workflow/latest/task-task). */
export const taskState: StateType = {
  type: 'Task',
  read(reader, name) {
    reader.require('Action', 'Parameters');
    reader.only('Action', 'FC:InvokeFunction');
    reader.only('TaskMode', 'RequestComplete');
    const constructors = readConstructors(reader);
    const parameters = readConstructor(reader, 'Parameters', ['$Context', '$Input']) ?? new Map();
    const invocation = readInvocation(parameters, (key, problem) =>
      reader.problem(`Parameters.${key}`, problem),
    );
    const retry = readRetry(reader);
    const catches = readCatch(reader);
    const next = readNext(reader);

    /** `undefined`: no rule, or its attempts are used up. */
    const retryAfterMs = (error: FlowError, used: Map<object, number>): number | undefined => {
      const rule = ruleFor(retry, error.Code);
      if (rule === undefined) return undefined;
      const attempt = (used.get(rule) ?? 0) + 1;
      used.set(rule, attempt);
      return attempt > rule.maxAttempts ? undefined : intervalMs(rule, attempt);
    };

    return {
      targets: defined(...catches.map((rule) => rule.next), next),
      async run(before, execution): Promise<Outcome> {
        const input = constructInput(name, constructors, before, execution);
        const used = new Map<object, number>();
        for (let retryCount = 0; ; retryCount += 1) {
          const context = contextOf(execution, { name, input }, { RetryCount: retryCount });
          const scope = { $Context: context, $Input: input };
          const values = construct(parameters, scope, `${name}.Parameters`);
          execution.history.add({ type: 'TaskScheduled', state: name, retryCount });
          const result = await invokeFunction(name, invocation, values, execution);
          if (result.ok) {
            execution.history.add({ type: 'TaskSucceeded', state: name });
            const data = { input, output: result.output };
            const output = constructOutput(name, constructors, data, execution);
            return { kind: 'passed', output, next: next?.name };
          }
          execution.history.add({ type: 'TaskFailed', state: name, code: result.error.Code });
          const waitMs = retryAfterMs(result.error, used);
          if (waitMs === undefined) return caught(result.error, retryCount, input, execution);
          await waitOnClock(execution.world.clock, waitMs);
        }
      },
    };

    function caught(
      error: FlowError,
      retryCount: number,
      input: Outcome['output'],
      execution: Execution,
    ): Outcome {
      const rule = ruleFor(catches, error.Code);
      if (rule === undefined) return { kind: 'failed', error, output: input };
      const more = { RetryCount: retryCount, Error: { ...error } };
      const scope = { $Context: contextOf(execution, { name, input }, more), $Input: input };
      const output = construct(rule.output, scope, `${name}.Catch`);
      return { kind: 'passed', output, next: rule.next.name };
    }
  },
};
