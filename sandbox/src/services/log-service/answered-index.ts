import type { AnsweredIndex } from './index-config.ts';
import type { Logstore } from './store.ts';

/** What GetIndex would answer now, beside the index as it was given. */
export function answeredIndex({ indexModifiedAtMs, settings }: Logstore): AnsweredIndex {
  return {
    index_mode: 'v2',
    lastModifyTime: Math.floor(indexModifiedAtMs / 1000),
    storage: 'pg',
    ttl: settings.ttlDays,
  };
}
