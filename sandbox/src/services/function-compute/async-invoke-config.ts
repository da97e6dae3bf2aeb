import type { Reader } from '../../protocols/reader.ts';
import { queueOfArn } from '../message-service/queue-arn.ts';
import { isWhole } from './function-config.ts';

/** How a function's asynchronous invocations are treated. Source: FC 3.0 `PutAsyncInvokeConfigInput`. */
export interface AsyncInvokeConfig {
  /** Retries after the first attempt, 0–8. Default 3. */
  readonly maxAsyncRetryAttempts?: number;
  /** An attempt that would start later than this after the request isn't made. Default 18000. */
  readonly maxAsyncEventAgeInSeconds?: number;
  /** Task ids are unique: a second request with the same one is refused with 409. */
  readonly asyncTask?: boolean;
  /** Where a request goes that failed to the end: `acs:mns:…:/queues/{name}/messages` only. */
  readonly onFailure?: string;
}

export const DEFAULT_ASYNC_RETRY_ATTEMPTS = 3;
/** The default of the fc3 component's schema. */
export const DEFAULT_ASYNC_EVENT_AGE_SECONDS = 18_000;

/** Every reason why this configuration is refused. Empty: it is accepted. */
export function problemsOfAsyncInvokeConfig(
  config: AsyncInvokeConfig,
  where: { readonly region: string; readonly accountId: string },
): string[] {
  const problems: string[] = [];
  const { maxAsyncRetryAttempts: retries, maxAsyncEventAgeInSeconds: age, onFailure } = config;
  if (retries !== undefined && !isWhole(retries, 0, 8)) {
    problems.push('maxAsyncRetryAttempts: a whole number 0–8');
  }
  if (age !== undefined && !isWhole(age, 1, 2_592_000)) {
    problems.push('maxAsyncEventAgeInSeconds: a whole number 1–2592000');
  }
  if (onFailure !== undefined && queueOfArn(onFailure, 'destination', where) === undefined) {
    problems.push(
      `destinationConfig.onFailure.destination: '${onFailure}' is not modelled by the sandbox, ` +
        `acs:mns:${where.region}:${where.accountId}:/queues/{name}/messages is`,
    );
  }
  return problems;
}

/** As a request or `s.yaml` has it, without its qualifier. Notes every problem of form. */
export function readAsyncInvokeConfig(given: Reader): AsyncInvokeConfig {
  const maxAsyncRetryAttempts = given.number('maxAsyncRetryAttempts');
  const maxAsyncEventAgeInSeconds = given.number('maxAsyncEventAgeInSeconds');
  const asyncTask = given.boolean('asyncTask');
  const onFailure = readDestination(given.object('destinationConfig'));
  return {
    ...(maxAsyncRetryAttempts === undefined ? {} : { maxAsyncRetryAttempts }),
    ...(maxAsyncEventAgeInSeconds === undefined ? {} : { maxAsyncEventAgeInSeconds }),
    ...(asyncTask === undefined ? {} : { asyncTask }),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
}

function readDestination(config: Reader | undefined): string | undefined {
  const onFailure = config?.object('onFailure');
  onFailure?.require('destination');
  const destination = onFailure?.text('destination');
  onFailure?.finish();
  config?.finish();
  return destination;
}
