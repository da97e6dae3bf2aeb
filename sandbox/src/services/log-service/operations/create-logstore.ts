import { logError } from '../errors.ts';
import { jsonBody, refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { DEFAULT_SETTINGS, nameIn, settingsIn } from './logstore-settings.ts';
import { emptyAnswer, type ProjectOperation, projectResource } from './operation.ts';

/** `POST /logstores` with `logstoreName`, `ttl`, `shardCount`. A repeat: `LogstoreAlreadyExist`. */
export function createLogstore(store: Store): ProjectOperation {
  return ({ request, project, authorize }) => {
    authorize('log:CreateLogStore', `${projectResource({ project })}/logstore/*`);
    refuseOtherParameters(request.query, []);
    const body = jsonBody(request);
    const settings = settingsIn(body);
    if (settings.ttlDays === undefined || settings.shardCount === undefined) {
      throw logError('LogStoreInfoInvalid', 'ttl and shardCount are required.');
    }
    if (settings.autoSplit === true && settings.maxSplitShard === undefined) {
      throw logError('LogStoreInfoInvalid', 'autoSplit needs maxSplitShard.');
    }
    store.createLogstore(project, nameIn(body), { ...DEFAULT_SETTINGS, ...settings });
    return emptyAnswer();
  };
}
