import {
  CreateTriggerInput,
  CreateTriggerRequest,
  PutAsyncInvokeConfigInput,
  PutAsyncInvokeConfigRequest,
} from '@alicloud/fc20230330';
import type { fc3Client } from './function-clients.ts';

type Sdk = ReturnType<typeof fc3Client>['sdk'];

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
