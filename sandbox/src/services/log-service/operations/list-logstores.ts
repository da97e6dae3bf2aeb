import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { jsonAnswer, type ProjectOperation, projectResource } from './operation.ts';
import { pageOf } from './page.ts';

/** `GET /logstores`. `logstoreName` matches a part of the name. */
export function listLogstores(store: Store): ProjectOperation {
  return ({ request: { query }, project, authorize }) => {
    authorize('log:ListLogStores', `${projectResource({ project })}/logstore/*`);
    refuseOtherParameters(query, ['offset', 'size', 'logstoreName']);
    const wanted = query.get('logstoreName') ?? '';
    const names = [...store.project(project).logstores.keys()].sort();
    const found = names.filter((name) => name.includes(wanted));
    const logstores = pageOf(found, query);
    return jsonAnswer({ count: logstores.length, total: found.length, logstores });
  };
}
