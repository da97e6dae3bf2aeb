import { refuseOtherParameters } from '../json-body.ts';
import type { Store } from '../store.ts';
import { jsonAnswer, type LogstoreOperation, logstoreResource, secondsOf } from './operation.ts';

const KEYS = 2n ** 128n;

/**
 * `GET /logstores/{logstore}/shards`: the hash keys divided evenly among the logstore's shards, which
 * are never split here. Source: help.aliyun.com "ListShards".
 */
export function listShards(store: Store): LogstoreOperation {
  return (call) => {
    call.authorize('log:ListShards', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    const { createdAtMs, settings } = store.logstore(call.project, call.logstore);
    const keyAt = (shard: number): string => {
      const key = (KEYS * BigInt(shard)) / BigInt(settings.shardCount);
      // The end of all keys is written as the last of them.
      return (key === KEYS ? KEYS - 1n : key).toString(16).padStart(32, '0');
    };
    return jsonAnswer(
      Array.from({ length: settings.shardCount }, (_, shard) => ({
        shardID: shard,
        status: 'readwrite',
        inclusiveBeginKey: keyAt(shard),
        exclusiveEndKey: keyAt(shard + 1),
        createTime: secondsOf(createdAtMs),
      })),
    );
  };
}
