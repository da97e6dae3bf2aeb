import { createRequire } from 'node:module';

/** `@alicloud/log`, as far as the tests use it. It has no types of its own. */
export interface LogWriter {
  postLogStoreLogs(project: string, logstore: string, group: LogGroup): Promise<unknown>;
  /** The logs, as the service answered them. */
  getLogs(
    project: string,
    logstore: string,
    from: Date,
    to: Date,
    options?: Readonly<Record<string, string | number | boolean>>,
  ): Promise<unknown>;
  getHistograms(
    project: string,
    logstore: string,
    from: Date,
    to: Date,
    options?: Readonly<Record<string, string>>,
  ): Promise<unknown>;
  getProject(project: string): Promise<unknown>;
  createProject(project: string, settings: { description: string }): Promise<unknown>;
  deleteProject(project: string): Promise<unknown>;
  createLogStore(
    project: string,
    logstore: string,
    settings: { ttl: number; shardCount: number },
  ): Promise<unknown>;
  listLogStore(project: string): Promise<unknown>;
  createIndex(project: string, logstore: string, index: unknown): Promise<unknown>;
  getIndexConfig(project: string, logstore: string): Promise<unknown>;
}

export interface LogGroup {
  readonly logs: readonly {
    /** Seconds since 1970. */
    readonly timestamp: number;
    readonly content: Readonly<Record<string, string>>;
  }[];
  readonly topic?: string;
  readonly source?: string;
  readonly tags?: readonly Readonly<Record<string, string>>[];
}

export interface LogWriterConfig {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

interface SendsToProject {
  _request(verb: string, project: string | undefined, ...rest: unknown[]): Promise<unknown>;
}

const LogClient: new (config: LogWriterConfig) => LogWriter & SendsToProject = createRequire(
  import.meta.url,
)('@alicloud/log');

/** It would connect to `{project}.{endpoint}`, which need not resolve: here Host alone says so. */
class LoopbackLogClient extends LogClient {
  readonly #endpoint: string;

  constructor(config: LogWriterConfig) {
    super(config);
    this.#endpoint = config.endpoint;
  }

  override _request(verb: string, project: string | undefined, ...rest: unknown[]) {
    if (project === undefined) return super._request(verb, project, ...rest);
    const [path, queries, body, headers, options] = rest;
    const host = { host: `${project}.${this.#endpoint}` };
    const all = { ...(headers as Readonly<Record<string, unknown>>), ...host };
    return super._request(verb, undefined, path, queries, body, all, options);
  }
}

/** `endpoint` is an address and a port. */
export function createLogWriter(config: LogWriterConfig): LogWriter {
  return new LoopbackLogClient(config);
}
