import { logError } from '../errors.ts';
import { answeredIndex, parseIndex } from '../index-config.ts';
import { jsonBody, refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { emptyAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

/** `POST /logstores/{logstore}/index`. A repeat is refused: `IndexAlreadyExist`. */
export function createIndex(store: Store): LogstoreOperation {
  return (call) => {
    call.authorize('log:CreateIndex', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    const body = jsonBody(call.request);
    const logstore = store.logstore(call.project, call.logstore);
    const index = parseIndex(body, answeredIndex(logstore));
    if (logstore.index !== undefined) {
      throw logError('IndexAlreadyExist');
    }
    store.setIndex(call.project, call.logstore, index);
    return emptyAnswer();
  };
}
