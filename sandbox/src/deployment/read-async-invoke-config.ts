import {
  type AsyncInvokeConfig,
  problemsOfAsyncInvokeConfig,
} from '../services/function-compute/async-invoke-config.ts';
import { noteAll, type Reader } from './reader.ts';

/** `props.asyncInvokeConfig`. Without `qualifier: LATEST` the real deployment asks a question. */
export function readAsyncInvokeConfig(
  reader: Reader | undefined,
  where: { readonly region: string; readonly accountId: string },
): AsyncInvokeConfig {
  if (reader === undefined) return {};
  reader.require('qualifier');
  reader.only('qualifier', 'LATEST');
  const maxAsyncRetryAttempts = reader.number('maxAsyncRetryAttempts');
  const maxAsyncEventAgeInSeconds = reader.number('maxAsyncEventAgeInSeconds');
  const asyncTask = reader.boolean('asyncTask');
  const onFailure = readDestination(reader.object('destinationConfig'));
  reader.finish();
  const config: AsyncInvokeConfig = {
    ...(maxAsyncRetryAttempts === undefined ? {} : { maxAsyncRetryAttempts }),
    ...(maxAsyncEventAgeInSeconds === undefined ? {} : { maxAsyncEventAgeInSeconds }),
    ...(asyncTask === undefined ? {} : { asyncTask }),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
  noteAll(reader, problemsOfAsyncInvokeConfig(config, where));
  return config;
}

function readDestination(config: Reader | undefined): string | undefined {
  const onFailure = config?.object('onFailure');
  onFailure?.require('destination');
  const destination = onFailure?.text('destination');
  onFailure?.finish();
  config?.finish();
  return destination;
}
