import {
  CreateTriggerInput,
  CreateTriggerRequest,
  PutAsyncInvokeConfigInput,
  PutAsyncInvokeConfigRequest,
} from '@alicloud/fc20230330';
import { beforeEach } from 'vitest';
import { eachTest } from './each-test.ts';
import { fc3Client } from './function-clients.ts';
import { createFunctionWorld } from './function-world.ts';

type Sdk = ReturnType<typeof fc3Client>['sdk'];

/** A world for each test, with the function `sweep`, which answers with its event. */
export function sweepOfEachTest() {
  const fixture = eachTest(() => createFunctionWorld({ clockSpeed: 0 }));
  beforeEach(() => {
    fixture.createFunction('sweep', `exports.handler = async (event) => event;`);
  });
  return { fixture, sdk: () => fc3Client(fixture.at, fixture.rootKey).sdk };
}

export const TIMER = { cronExpression: '@every 5m', enable: true, payload: 'now' };

/** A timer of the function `sweep`. */
export const createTrigger = (sdk: Sdk, changes: Record<string, unknown> = {}) =>
  sdk.createTrigger(
    'sweep',
    new CreateTriggerRequest({
      body: new CreateTriggerInput({
        triggerName: 'often',
        triggerType: 'timer',
        triggerConfig: JSON.stringify(TIMER),
        qualifier: 'LATEST',
        description: '',
        ...changes,
      }),
    }),
  );

export const QUALIFIER = { qualifier: 'LATEST' };

/** Of the function `sweep`. */
export const putAsync = (sdk: Sdk, config: Record<string, unknown>) =>
  sdk.putAsyncInvokeConfig(
    'sweep',
    new PutAsyncInvokeConfigRequest({ ...QUALIFIER, body: new PutAsyncInvokeConfigInput(config) }),
  );
