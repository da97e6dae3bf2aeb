import type { SandboxClock } from '../../world/clock.ts';
import { logError } from './errors.ts';
import type { IndexConfig } from './index-config.ts';

/** One log as it was written. */
export interface LogEntry {
  /** Seconds since 1970. */
  readonly timeS: number;
  readonly source: string;
  readonly topic: string;
  readonly contents: Readonly<Record<string, string>>;
}

export interface StoredEntry extends LogEntry {
  /** On the sandbox's clock. */
  readonly visibleAtMs: number;
  /** In force when it was written: an index never reaches back. */
  readonly index: IndexConfig | undefined;
}

export interface LogstoreSettings {
  readonly ttlDays: number;
  readonly shardCount: number;
  readonly autoSplit: boolean;
  readonly maxSplitShard: number;
}

export interface Logstore {
  readonly name: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  settings: LogstoreSettings;
  index: IndexConfig | undefined;
  indexModifiedAtMs: number;
  readonly entries: StoredEntry[];
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
  createLogstore(project: string, logstore: string, settings: LogstoreSettings): void;
  deleteLogstore(project: string, logstore: string): void;
  setIndex(project: string, logstore: string, index: IndexConfig | undefined): void;
  append(logstore: Logstore, entries: readonly LogEntry[]): void;
}

interface StoreOptions {
  readonly clock: SandboxClock;
  /** How long after its arrival a log can be read. */
  readonly visibleAfterMs: number;
}

const PROJECT_NAME = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const LOGSTORE_NAME = /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/;

export function createStore({ clock, visibleAfterMs }: StoreOptions): Store {
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
      if (logstore !== undefined) return logstore;
      throw logError('LogStoreNotExist', `logstore ${name} does not exist.`);
    },
    createLogstore(project, name, settings) {
      const { logstores } = store.project(project);
      if (!LOGSTORE_NAME.test(name)) {
        throw logError('LogStoreInfoInvalid', `store name ${name} is invalid`);
      }
      if (logstores.has(name)) {
        throw logError('LogstoreAlreadyExist', `logstore ${name} already exists.`);
      }
      logstores.set(name, {
        name,
        createdAtMs: clock.now(),
        modifiedAtMs: clock.now(),
        settings,
        index: undefined,
        indexModifiedAtMs: 0,
        entries: [],
      });
    },
    deleteLogstore(project, name) {
      store.project(project).logstores.delete(store.logstore(project, name).name);
    },
    setIndex(project, name, index) {
      const logstore = store.logstore(project, name);
      logstore.index = index;
      logstore.indexModifiedAtMs = clock.now();
    },
    append(logstore, entries) {
      const visibleAtMs = clock.now() + visibleAfterMs;
      const { index } = logstore;
      for (const entry of entries) logstore.entries.push({ ...entry, visibleAtMs, index });
    },
  };
  return store;
}
