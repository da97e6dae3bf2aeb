import { evaluateAt, readExpression } from '../constructor.ts';
import { FlowNotModelled } from '../errors.ts';
import type { Expression } from '../expression/syntax.ts';
import type { Json } from '../json.ts';
import {
  constructInput,
  constructOutput,
  contextOf,
  defined,
  readConstructors,
  readNext,
  type StateType,
} from '../state.ts';
import { waitOnClock } from '../wait-on-clock.ts';

/** In standard mode. */
const LONGEST_SECONDS = 300;

/** Waits on the sandbox's clock. Source: "Wait" (…/serverless-workflow/latest/wait-wait). */
export const waitState: StateType = {
  type: 'Wait',
  read(reader, name) {
    const constructors = readConstructors(reader);
    const constant = reader.number('Seconds');
    const text = reader.text('Seconds.$');
    const expression =
      text === undefined
        ? undefined
        : readExpression(text, ['$Context', '$Input'], (problem) =>
            reader.problem('Seconds.$', problem),
          );
    if ((constant === undefined) === (text === undefined)) {
      reader.problem('Seconds', 'either Seconds or Seconds.$ is required');
    }
    if (constant !== undefined && !isModelled(constant)) reader.problem('Seconds', outOf(constant));
    const duration: Expression = expression ?? { kind: 'literal', value: constant ?? 0 };
    const next = readNext(reader);
    return {
      targets: defined(next),
      async run(before, execution) {
        const input = constructInput(name, constructors, before, execution);
        const scope = { $Context: contextOf(execution, { name, input }), $Input: input };
        const seconds = evaluateAt(duration, text ?? 'Seconds', scope, name);
        if (!isModelled(seconds)) throw new FlowNotModelled(name, outOf(seconds));
        execution.history.add({ type: 'WaitScheduled', state: name, seconds });
        await waitOnClock(execution.world.clock, seconds * 1000);
        const output = constructOutput(name, constructors, { input, output: input }, execution);
        return { kind: 'passed', output, next: next?.name };
      },
    };
  },
};

function isModelled(seconds: Json): seconds is number {
  return (
    typeof seconds === 'number' &&
    Number.isInteger(seconds) &&
    seconds >= 1 &&
    seconds <= LONGEST_SECONDS
  );
}

function outOf(seconds: Json): string {
  return `${JSON.stringify(seconds)} is no whole number of seconds from 1 to ${LONGEST_SECONDS}`;
}
