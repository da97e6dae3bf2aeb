import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { jsonAnswer, type LogstoreOperation, logstoreResource, secondsOf } from './operation.ts';

/** `GET /logstores/{logstore}` */
export function getLogstore(store: Store): LogstoreOperation {
  return (call) => {
    call.authorize('log:GetLogStore', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    const logstore = store.logstore(call.project, call.logstore);
    const { settings } = logstore;
    return jsonAnswer({
      logstoreName: logstore.name,
      ttl: settings.ttlDays,
      shardCount: settings.shardCount,
      autoSplit: settings.autoSplit,
      maxSplitShard: settings.maxSplitShard,
      enable_tracking: false,
      appendMeta: false,
      mode: 'standard',
      createTime: secondsOf(logstore.createdAtMs),
      lastModifyTime: secondsOf(logstore.modifiedAtMs),
    });
  };
}
