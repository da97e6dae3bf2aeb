import { constructInput, constructOutput, readConstructors, type StateType } from '../state.ts';

/** Ends the execution well. Source: "Succeed" (…/serverless-workflow/latest/succeeded). */
export const succeedState: StateType = {
  type: 'Succeed',
  read(reader, name) {
    const constructors = readConstructors(reader);
    return {
      targets: [],
      run(before, execution) {
        const input = constructInput(name, constructors, before, execution);
        const output = constructOutput(name, constructors, { input, output: input }, execution);
        return { kind: 'passed', output, next: undefined };
      },
    };
  },
};
