import { constructInput, constructOutput, readConstructors, type StateType } from '../state.ts';

/** Ends the execution with an error. Source: "Fail" (…/serverless-workflow/latest/fail). */
export const failState: StateType = {
  type: 'Fail',
  read(reader, name) {
    const constructors = readConstructors(reader);
    reader.require('Detail');
    const Code = reader.text('Code') ?? '';
    const Detail = reader.text('Detail') ?? '';
    return {
      targets: [],
      run(before, execution) {
        const input = constructInput(name, constructors, before, execution);
        const output = constructOutput(name, constructors, { input, output: input }, execution);
        return { kind: 'failed', output, error: { Code, Detail } };
      },
    };
  },
};
