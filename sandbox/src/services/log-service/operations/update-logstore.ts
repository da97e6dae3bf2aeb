import type { SandboxClock } from '../../../world/clock.ts';
import { logError } from '../errors.ts';
import { jsonBody, refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { changeSettings, nameIn, settingsIn } from './logstore-settings.ts';
import { emptyAnswer, type LogstoreOperation, logstoreResource } from './operation.ts';

/** `PUT /logstores/{logstore}`. Safe to repeat. A change of the shards is refused. */
export function updateLogstore(store: Store, clock: SandboxClock): LogstoreOperation {
  return (call) => {
    call.authorize('log:UpdateLogStore', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    const body = jsonBody(call.request);
    const settings = settingsIn(body);
    const logstore = store.logstore(call.project, call.logstore);
    if (nameIn(body) !== logstore.name) {
      throw logError('LogStoreInfoInvalid', 'logstoreName is not the one in the path.');
    }
    changeSettings(logstore, settings, clock);
    return emptyAnswer();
  };
}
