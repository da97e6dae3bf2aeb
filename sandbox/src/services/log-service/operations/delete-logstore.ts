import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { emptyAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

/** `DELETE /logstores/{logstore}`: with its index and logs. A repeat: `LogStoreNotExist`. */
export function deleteLogstore(store: Store): LogstoreOperation {
  return (call) => {
    call.authorize('log:DeleteLogStore', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    store.deleteLogstore(call.project, call.logstore);
    return emptyAnswer();
  };
}
