import type { SandboxClock } from '../../world/clock.ts';
import type { LogDelays } from './delays.ts';
import { logError } from './errors.ts';
import type { IndexConfig } from './index-config.ts';
import type { LogEntry } from './log-entry.ts';
import { createHistory, type HistoryLimits, type LogHistory } from './log-history.ts';

export interface LogstoreSettings {
  readonly ttlDays: number;
  readonly shardCount: number;
  readonly autoSplit: boolean;
  readonly maxSplitShard: number;
}

export interface Logstore {
  readonly name: string;
  readonly createdAtMs: number;
  /** Until then it takes neither writes nor reads. */
  readonly readyAtMs: number;
  modifiedAtMs: number;
  settings: LogstoreSettings;
  /** As it was last set; what counts is `indexInForce`. */
  index: IndexConfig | undefined;
  indexModifiedAtMs: number;
  indexInForceAtMs: number;
  /** In force until then. */
  earlierIndex: IndexConfig | undefined;
  readonly history: LogHistory;
}

/** The index that counts for what is written and read at a time. */
export function indexInForce(logstore: Logstore, nowMs: number): IndexConfig | undefined {
  return nowMs >= logstore.indexInForceAtMs ? logstore.index : logstore.earlierIndex;
}

export interface Project {
  readonly name: string;
  readonly description: string;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  readonly logstores: Map<string, Logstore>;
}

/** Projects and what is in them. Every look-up throws the code of what is missing. */
export interface Store {
  projects(): readonly Project[];
  project(name: string): Project;
  createProject(name: string, description: string): void;
  describeProject(name: string, description: string): void;
  deleteProject(name: string): void;
  logstore(project: string, logstore: string): Logstore;
  /** For writing and reading, which a new logstore answers with `LogStoreNotExist` for a while. */
  readyLogstore(project: string, logstore: string): Logstore;
  createLogstore(project: string, logstore: string, settings: LogstoreSettings): void;
  deleteLogstore(project: string, logstore: string): void;
  setIndex(project: string, logstore: string, index: IndexConfig | undefined): void;
  append(logstore: Logstore, entries: readonly LogEntry[]): void;
}

interface StoreOptions {
  readonly clock: SandboxClock;
  readonly limits: HistoryLimits;
  /** How long the next one takes. */
  delayMs(of: keyof LogDelays): number;
}

const DAY_MS = 86_400_000;
/** Logs that are kept for so many days are kept for ever. Source: "CreateLogStore", `ttl`. */
const FOR_EVER_DAYS = 3650;

const PROJECT_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const LOGSTORE_NAME = /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/;

export function createStore({ clock, limits, delayMs }: StoreOptions): Store {
  const projects = new Map<string, Project>();

  const store: Store = {
    projects: () => [...projects.values()],
    project(name) {
      const project = projects.get(name);
      if (project !== undefined) return project;
      throw logError('ProjectNotExist', `The Project does not exist : ${name}`);
    },
    createProject(name, description) {
      if (!PROJECT_NAME.test(name)) {
        throw logError('ParameterInvalid', `project name ${name} is invalid`);
      }
      if (projects.has(name)) {
        throw logError('ProjectAlreadyExist', `Project ${name} already exist.`);
      }
      const nowMs = clock.now();
      const times = { createdAtMs: nowMs, modifiedAtMs: nowMs };
      projects.set(name, { name, description, ...times, logstores: new Map() });
    },
    describeProject(name, description) {
      projects.set(name, { ...store.project(name), description, modifiedAtMs: clock.now() });
    },
    deleteProject(name) {
      projects.delete(store.project(name).name);
    },
    logstore(project, name) {
      const logstore = store.project(project).logstores.get(name);
      if (logstore === undefined) throw noLogstore(name);
      const { ttlDays } = logstore.settings;
      if (ttlDays < FOR_EVER_DAYS) logstore.history.expire(clock.now() - ttlDays * DAY_MS);
      return logstore;
    },
    readyLogstore(project, name) {
      const logstore = store.logstore(project, name);
      if (clock.now() < logstore.readyAtMs) throw noLogstore(name);
      return logstore;
    },
    createLogstore(project, name, settings) {
      const { logstores } = store.project(project);
      if (!LOGSTORE_NAME.test(name)) {
        throw logError('LogStoreInfoInvalid', `store name ${name} is invalid`);
      }
      if (logstores.has(name)) {
        throw logError('LogstoreAlreadyExist', `logstore ${name} already exists.`);
      }
      const nowMs = clock.now();
      logstores.set(name, {
        name,
        createdAtMs: nowMs,
        readyAtMs: nowMs + delayMs('logstoreMs'),
        modifiedAtMs: nowMs,
        settings,
        index: undefined,
        indexModifiedAtMs: 0,
        indexInForceAtMs: 0,
        earlierIndex: undefined,
        history: createHistory(limits),
      });
    },
    deleteLogstore(project, name) {
      store.project(project).logstores.delete(store.logstore(project, name).name);
    },
    setIndex(project, name, index) {
      const logstore = store.logstore(project, name);
      const nowMs = clock.now();
      logstore.earlierIndex = index === undefined ? undefined : indexInForce(logstore, nowMs);
      logstore.index = index;
      logstore.indexModifiedAtMs = nowMs;
      logstore.indexInForceAtMs = index === undefined ? nowMs : nowMs + delayMs('indexMs');
    },
    append(logstore, entries) {
      const atMs = clock.now();
      const visibleAtMs = atMs + delayMs('visibleMs');
      logstore.history.append(entries, { atMs, visibleAtMs, index: indexInForce(logstore, atMs) });
    },
  };
  return store;
}

function noLogstore(name: string): Error {
  return logError('LogStoreNotExist', `logstore ${name} does not exist.`);
}
