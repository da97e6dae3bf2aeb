import { logError } from '../errors.ts';
import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { emptyAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

/** `DELETE /logstores/{logstore}/index`. A repeat is refused: `ParameterInvalid`. */
export function deleteIndex(store: Store): LogstoreOperation {
  return (call) => {
    call.authorize('log:DeleteIndex', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    if (store.logstore(call.project, call.logstore).index === undefined) {
      throw logError('ParameterInvalid', 'Log store index not created.');
    }
    store.setIndex(call.project, call.logstore, undefined);
    return emptyAnswer();
  };
}
