import type { SandboxClock } from '../../../world/clock.ts';
import { logError } from '../errors.ts';
import {
  type JsonObject,
  jsonBody,
  optionalBoolean,
  optionalInteger,
  optionalText,
  refuseOtherKeys,
  refuseOtherParameters,
} from '../json-body.ts';
import type { Logstore, LogstoreSettings, Store } from '../store.ts';
import {
  emptyAnswer,
  jsonAnswer,
  type LogstoreOperation,
  logstoreResource,
  type ProjectOperation,
  projectResource,
  secondsOf,
} from './operation.ts';
import { pageOf } from './page.ts';

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

/** `DELETE /logstores/{logstore}`: with its index and logs. A repeat: `LogStoreNotExist`. */
export function deleteLogstore(store: Store): LogstoreOperation {
  return (call) => {
    call.authorize('log:DeleteLogStore', logstoreResource(call));
    refuseOtherParameters(call.request.query, []);
    store.deleteLogstore(call.project, call.logstore);
    return emptyAnswer();
  };
}

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
