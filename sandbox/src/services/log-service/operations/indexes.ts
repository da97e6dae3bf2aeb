import { logError } from '../errors.ts';
import { answeredIndex, parseIndex } from '../index-config.ts';
import { jsonBody, refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { emptyAnswer, jsonAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

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

/**
 * `PUT /logstores/{logstore}/index`: replaces the whole index, for logs written from now on.
 * Safe to repeat.
 */
export function updateIndex(store: Store): LogstoreOperation {
  return (call) => {
    call.authorize('log:UpdateIndex', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    const body = jsonBody(call.request);
    const logstore = store.logstore(call.project, call.logstore);
    const index = parseIndex(body, answeredIndex(logstore));
    if (logstore.index === undefined) {
      throw logError('IndexConfigNotExist');
    }
    store.setIndex(call.project, call.logstore, index);
    return emptyAnswer();
  };
}

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
