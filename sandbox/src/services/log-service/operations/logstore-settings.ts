import type { SandboxClock } from '../../../world/clock.ts';
import { logError } from '../errors.ts';
import {
  type JsonObject,
  optionalBoolean,
  optionalInteger,
  optionalText,
  refuseOtherKeys,
} from '../json-body.ts';
import type { Logstore, LogstoreSettings } from '../store.ts';

export const DEFAULT_SETTINGS: LogstoreSettings = {
  ttlDays: 30,
  shardCount: 2,
  autoSplit: false,
  maxSplitShard: 64,
};

/** Known to the service; only these values, which change nothing, are modelled. */
const INERT: Readonly<Record<string, readonly unknown[]>> = {
  appendMeta: [false],
  enable_tracking: [false],
  mode: ['standard'],
  telemetryType: ['', 'None'],
};

/**
 * What the body of CreateLogStore and UpdateLogStore says, nothing for what it leaves out.
 * `ttl` 1–3650 days, `shardCount` 1–10, `maxSplitShard` 1–64.
 */
export function settingsIn(body: JsonObject): Partial<LogstoreSettings> {
  const modelled = ['logstoreName', 'ttl', 'shardCount', 'autoSplit', 'maxSplitShard'];
  refuseOtherKeys(body, [...modelled, ...Object.keys(INERT)], 'a logstore');
  for (const [key, values] of Object.entries(INERT)) {
    if (body[key] !== undefined && !values.includes(body[key])) {
      throw logError(
        'SandboxUnsupportedParameter',
        `The sandbox does not model ${key}: ${JSON.stringify(body[key])}.`,
      );
    }
  }
  const ttlDays = optionalInteger(body, 'ttl', { min: 1, max: 3650 });
  const shardCount = optionalInteger(body, 'shardCount', { min: 1, max: 10 });
  const autoSplit = optionalBoolean(body, 'autoSplit');
  const maxSplitShard = optionalInteger(body, 'maxSplitShard', { min: 1, max: 64 });
  return {
    ...(ttlDays !== undefined && { ttlDays }),
    ...(shardCount !== undefined && { shardCount }),
    ...(autoSplit !== undefined && { autoSplit }),
    ...(maxSplitShard !== undefined && { maxSplitShard }),
  };
}

export function nameIn(body: JsonObject): string {
  const name = optionalText(body, 'logstoreName');
  if (name === undefined) throw logError('LogStoreInfoInvalid', 'logstoreName is missing.');
  return name;
}

/** Shards are changed by splitting, which is not modelled. */
export function changeSettings(
  logstore: Logstore,
  settings: Partial<LogstoreSettings>,
  clock: SandboxClock,
): void {
  if ((settings.shardCount ?? logstore.settings.shardCount) !== logstore.settings.shardCount) {
    throw logError('SandboxUnsupportedParameter', 'The sandbox does not split or merge shards.');
  }
  logstore.settings = { ...logstore.settings, ...settings };
  logstore.modifiedAtMs = clock.now();
}
