import { headerOf } from '../../protocols/header.ts';
import type { HttpRequest, HttpService } from '../../server/http-service.ts';
import type { World } from '../../world/world.ts';
import { analyze, type ResultRow } from './analytics/analyze.ts';
import { splitQuery } from './analytics/split-query.ts';
import { authenticate } from './authenticate.ts';
import { finish, finishNow } from './cooperate.ts';
import { CLOUD_DELAYS, createDelays, type LogDelays, NO_DELAYS } from './delays.ts';
import { LOG_SERVICE_ERRORS, logError } from './errors.ts';
import { projectOfHost } from './host.ts';
import { answeredIndex, parseIndex } from './index-config.ts';
import { isObject } from './json-body.ts';
import type { LogEntry } from './log-entry.ts';
import type { HistoryLimits } from './log-history.ts';
import { createOperations } from './operations/all.ts';
import { changeSettings, DEFAULT_SETTINGS } from './operations/logstores.ts';
import { type Route, routeOf } from './routes.ts';
import { findEntries, type Search, type Selection, searchLogstore } from './search/search.ts';
import { createStore, indexInForce, type LogstoreSettings } from './store.ts';

export type { LogDelays } from './delays.ts';
export type { LogEntry } from './log-entry.ts';

export interface LogServiceOptions {
  readonly world: World;
  /** The account that owns the projects; other accounts' keys are refused. */
  readonly accountId: string;
  /** What takes a while, as in the cloud: `CLOUD_DELAYS` by default. */
  readonly delays?: LogDelays;
  /**
   * Over `delays`: from its arrival until a log can be read, exactly, on the sandbox's clock. New
   * logstores and indexes then work at once.
   */
  readonly visibleAfterMs?: number;
  /** Of the delays. Default 1. */
  readonly seed?: number;
  /** Kept of each logstore; the oldest go first. Default 200,000 logs and 512 MB. */
  readonly limits?: HistoryLimits;
  /** The first reads that answer `Incomplete`, with half of what was found. Default 0. */
  readonly incompleteReads?: number;
  /** The real time, which requests and logs are stamped with. Default `Date.now`. */
  readonly wallNowMs?: () => number;
}

/**
 * Log Service, over HTTP and in process. What is called in process needs no permission and throws
 * the same `ServiceError`s.
 */
export interface LogService extends HttpService {
  createProject(project: string, description?: string): void;
  /** Throws `ProjectNotExist`. */
  requireProject(project: string): void;
  updateProject(project: string, description: string): void;
  /** With all that is in it. */
  deleteProject(project: string): void;
  /** Defaults: 30 days, 2 shards, which are not split. */
  createLogstore(project: string, logstore: string, settings?: Partial<LogstoreSettings>): void;
  /** Shards are not changed: refused. */
  updateLogstore(project: string, logstore: string, settings: Partial<LogstoreSettings>): void;
  deleteLogstore(project: string, logstore: string): void;
  settingsOf(project: string, logstore: string): LogstoreSettings;
  hasIndex(project: string, logstore: string): boolean;
  /** Creates or replaces. `index` is the body of CreateIndex. */
  createIndex(project: string, logstore: string, index: unknown): void;
  deleteIndex(project: string, logstore: string): void;
  /** Stores logs past the limits and quotas of PutLogs; they become visible as others do. */
  append(project: string, logstore: string, entries: readonly LogEntry[]): void;
  /** Everything stored, visible or not, in the order of arrival. */
  entries(project: string, logstore: string): readonly LogEntry[];
  /** What GetLogs finds. Defaults: all time, `*`, 100 lines from the first, oldest first. */
  search(project: string, logstore: string, search?: Partial<Search>): readonly LogEntry[];
  /**
   * The rows of `search | statement`, with their columns only, as GetLogs computes them. Defaults:
   * all time. Rejects with `SandboxUnsupportedAnalytics` without a statement.
   */
  query(
    project: string,
    logstore: string,
    selection: Partial<Selection> & { readonly query: string },
  ): Promise<readonly ResultRow[]>;
  /** What is done in it works at once, without the delays of the cloud. */
  atOnce<T>(action: () => T): T;
  /** The next `reads` answers of GetLogs are `Incomplete`. */
  answerIncomplete(reads: number): void;
}

const DEFAULT_LIMITS: HistoryLimits = { mostLogs: 200_000, mostBytes: 512 * 1024 * 1024 };
/** A shard takes 500 writes a second. Source: help.aliyun.com, Log Service, "Shards". */
const WRITES_PER_SHARD = 500;
const LAST_SECOND = 2 ** 32;
const SERVICE = 'log-service';

export function createLogService(options: LogServiceOptions): LogService {
  const { world, accountId, limits = DEFAULT_LIMITS, wallNowMs = Date.now } = options;
  const { clock, region } = world;
  const delayOf = createDelays(delaysOf(options), options.seed ?? 1);
  let isAtOnce = false;
  const delayMs: typeof delayOf = (of) => (isAtOnce ? 0 : delayOf(of));
  const store = createStore({ clock, limits, delayMs });
  let incompleteReads = options.incompleteReads ?? 0;

  const run = createOperations({
    store,
    clock,
    accountId,
    region,
    wallNowMs,
    takeIncomplete() {
      if (incompleteReads === 0) return false;
      incompleteReads -= 1;
      return true;
    },
    takeWriteQuota: (project, logstore) =>
      world.quotas.take(accountId, SERVICE, `PutLogs ${project}/${logstore.name}`, {
        calls: WRITES_PER_SHARD * logstore.settings.shardCount,
        windowMs: 1000,
      }),
  });

  return {
    errors: LOG_SERVICE_ERRORS,
    identify(request) {
      const version = headerOf(request, 'x-log-apiversion');
      const authorization = headerOf(request, 'authorization') ?? '';
      if (version === undefined && !/^(?:LOG |SLS\d)/.test(authorization)) return undefined;
      const { operation } = routeOfRequest(request);
      return { service: SERVICE, operation, apiVersion: version ?? '' };
    },
    authenticate: ({ request }) =>
      authenticate(request, { identities: world.identities, wallNowMs }),
    // Writes are counted per logstore, in PutLogs; for the rest nothing is documented.
    quota: () => undefined,
    throttled: () => logError('ServerBusy'),
    async handle({ request, requestId }, caller) {
      const answer = await run(request, routeOfRequest(request), caller);
      return { ...answer, headers: { ...answer.headers, 'x-log-requestid': requestId } };
    },
    renderError: (error, { requestId }) => ({
      status: error.status,
      headers: {
        'content-type': 'application/json',
        ...error.headers,
        'x-log-requestid': requestId,
      },
      body: Buffer.from(JSON.stringify({ errorCode: error.code, errorMessage: error.message })),
    }),

    createProject: (project, description = '') => store.createProject(project, description),
    requireProject(project) {
      store.project(project);
    },
    updateProject: (project, description) => store.describeProject(project, description),
    deleteProject: (project) => store.deleteProject(project),
    createLogstore: (project, logstore, settings = {}) =>
      store.createLogstore(project, logstore, { ...DEFAULT_SETTINGS, ...settings }),
    updateLogstore: (project, logstore, settings) =>
      changeSettings(store.logstore(project, logstore), settings, clock),
    settingsOf: (project, logstore) => store.logstore(project, logstore).settings,
    deleteLogstore: (project, logstore) => store.deleteLogstore(project, logstore),
    hasIndex: (project, logstore) => store.logstore(project, logstore).index !== undefined,
    createIndex(project, logstore, index) {
      if (!isObject(index)) throw logError('IndexInfoInvalid', 'An index is an object.');
      const answered = answeredIndex(store.logstore(project, logstore));
      store.setIndex(project, logstore, parseIndex(index, answered));
    },
    deleteIndex: (project, logstore) => store.setIndex(project, logstore, undefined),
    append: (project, logstore, entries) =>
      store.append(store.logstore(project, logstore), entries),
    entries: (project, logstore) => store.logstore(project, logstore).history.all().map(plainEntry),
    search(project, logstore, search = {}) {
      const defaults = { from: 0, to: LAST_SECOND, query: '*', line: 100, offset: 0 };
      const whole = { ...defaults, reverse: false, ...search };
      const found = searchLogstore(store.logstore(project, logstore), whole, clock.now());
      return finishNow(found).map(plainEntry);
    },
    async query(project, logstoreName, selection) {
      const logstore = store.logstore(project, logstoreName);
      const { search, statement } = splitQuery(selection.query);
      if (statement === undefined) {
        throw logError('SandboxUnsupportedAnalytics', 'query() needs an analytic statement.');
      }
      const whole = { from: 0, to: LAST_SECOND, ...selection, query: search };
      const atMs = clock.now();
      const entries = await finish(findEntries(logstore, whole, atMs));
      const index = indexInForce(logstore, atMs);
      return analyze({ statement, logstoreName, index, entries, nowMs: wallNowMs() });
    },
    atOnce(action) {
      isAtOnce = true;
      try {
        return action();
      } finally {
        isAtOnce = false;
      }
    },
    answerIncomplete(reads) {
      incompleteReads = reads;
    },
  };
}

/** Never throws: a Host that names no known endpoint counts as one without a project. */
function routeOfRequest(request: HttpRequest): Route {
  return routeOf(request, hasProject(request.headers.host));
}

function hasProject(host: string | undefined): boolean {
  try {
    return projectOfHost(host) !== undefined;
  } catch {
    return false;
  }
}

function plainEntry({ timeS, source, topic, contents }: LogEntry): LogEntry {
  return { timeS, source, topic, contents };
}

function delaysOf({ delays, visibleAfterMs }: LogServiceOptions): LogDelays {
  if (visibleAfterMs === undefined) return delays ?? CLOUD_DELAYS;
  return { ...NO_DELAYS, visibleMs: [visibleAfterMs, visibleAfterMs] };
}
