import {
  constructInput,
  constructOutput,
  defined,
  readConstructors,
  readNext,
  type StateType,
} from '../state.ts';

/** Makes one object of another. Source: "Pass" (…/serverless-workflow/latest/pass-pass). */
export const passState: StateType = {
  type: 'Pass',
  read(reader, name) {
    const constructors = readConstructors(reader);
    const next = readNext(reader);
    return {
      targets: defined(next),
      run(before, execution) {
        const input = constructInput(name, constructors, before, execution);
        const output = constructOutput(name, constructors, { input, output: input }, execution);
        return { kind: 'passed', output, next: next?.name };
      },
    };
  },
};
