import { evaluateAt, readConstructor, readExpression } from '../constructor.ts';
import { FlowNotModelled } from '../errors.ts';
import { everyPart } from '../expression/syntax.ts';
import { constructInput, contextOf, defined, readTarget, type StateType } from '../state.ts';

/** Goes on to the first branch whose condition holds. Source: "Choice" (…/latest/select-choice). */
export const choiceState: StateType = {
  type: 'Choice',
  read(reader, name) {
    reader.require('Branches', 'Default');
    const constructors = {
      input: readConstructor(reader, 'InputConstructor', ['$Context', '$Input']),
      output: undefined,
    };
    const branches = (reader.list('Branches') ?? []).flatMap((branch) => {
      branch.require('Condition', 'Next');
      const text = branch.text('Condition');
      const target = readTarget(branch, 'Next');
      const note = (problem: string) => branch.problem('Condition', problem);
      const condition =
        text === undefined ? undefined : readExpression(text, ['$Context', '$Input'], note);
      branch.finish();
      if (text === undefined || target === undefined || condition === undefined) return [];
      // Whether conditions may call functions is not documented.
      if (everyPart(condition).some(({ kind }) => kind === 'call' || kind === 'object')) {
        note('functions and objects are modelled in constructors only');
      }
      return [{ text, condition, target }];
    });
    const fallback = readTarget(reader, 'Default');
    return {
      targets: defined(...branches.map(({ target }) => target), fallback),
      run(before, execution) {
        const input = constructInput(name, constructors, before, execution);
        const scope = { $Context: contextOf(execution, { name, input }), $Input: input };
        const chosen = branches.find(({ text, condition }) => {
          const holds = evaluateAt(condition, text, scope, name);
          if (typeof holds === 'boolean') return holds;
          throw new FlowNotModelled(name, `${text} is neither true nor false`);
        });
        return { kind: 'passed', output: input, next: chosen?.target.name ?? fallback?.name };
      },
    };
  },
};
