import { readFileSync } from 'node:fs';
import { getAtt, type Resources, sub } from './ros.ts';
import { noted } from './yaml.ts';

const DEFINITION = new URL('../workflows/onboarding.flow.yaml', import.meta.url);

/** The run with durable waits, on CloudFlow. Its definition is in a file of its own. */
export function flow(): Resources {
  return {
    Flow: {
      Type: 'ALIYUN::FNF::Flow',
      Properties: {
        Name: 'account-onboarding',
        Description: 'Onboards every member with durable waits',
        ExecutionMode: 'Standard',
        RoleArn: getAtt('FlowRole', 'Arn'),
        Definition: noted(
          'The text of workflows/onboarding.flow.yaml.',
          sub(readFileSync(DEFINITION, 'utf8')),
        ),
      },
    },
  };
}
