import { logError } from '../errors.ts';
import { answeredIndex } from '../index-config.ts';
import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { jsonAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

/** `GET /logstores/{logstore}/index` */
export function getIndex(store: Store): LogstoreOperation {
  return (call) => {
    call.authorize('log:GetIndex', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    const logstore = store.logstore(call.project, call.logstore);
    if (logstore.index === undefined) throw logError('IndexConfigNotExist');
    return jsonAnswer({ ...logstore.index.given, ...answeredIndex(logstore) });
  };
}
