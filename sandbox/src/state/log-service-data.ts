import type { LogEntry, LogService } from '../services/log-service/index.ts';
import type { Caller } from '../world/identities.ts';

/** All that Log Service holds, as plain data. */
export interface LogServiceData {
  readonly projects: readonly LogProjectData[];
}

interface LogProjectData {
  readonly name: string;
  readonly description: string;
  readonly logstores: readonly LogstoreData[];
}

interface LogstoreData {
  readonly name: string;
  readonly ttlDays: number;
  readonly shardCount: number;
  readonly autoSplit: boolean;
  readonly maxSplitShard: number;
  /** As GetIndex answers; absent: there is none. */
  readonly index?: Readonly<Record<string, unknown>>;
  /** In the order of arrival, those that can't be read yet too. */
  readonly entries: readonly LogEntry[];
}

/** The largest page of the lists. */
const PAGE_SIZE = 500;

/** Reads it through Log Service's own operations, so it shows what a client would see. */
export async function logServiceData(
  service: LogService,
  accountId: string,
): Promise<LogServiceData> {
  const caller: Caller = { accountId, allows: () => true };

  async function get(path: string, project?: string): Promise<Record<string, unknown>> {
    const mark = path.indexOf('?');
    const { body } = await service.handle(
      {
        service: 'log-service',
        operation: 'read',
        apiVersion: '0.6.0',
        requestId: 'state',
        request: {
          method: 'GET',
          path: mark === -1 ? path : path.slice(0, mark),
          query: new URLSearchParams(mark === -1 ? '' : path.slice(mark)),
          target: path,
          headers: { host: project === undefined ? 'localhost' : `${project}.localhost` },
          body: Buffer.alloc(0),
        },
      },
      caller,
    );
    return JSON.parse(body.toString('utf8'));
  }

  async function list(path: string, key: string, project?: string): Promise<unknown[]> {
    const items: unknown[] = [];
    for (;;) {
      const answer = await get(`${path}?offset=${items.length}&size=${PAGE_SIZE}`, project);
      const page = answer[key];
      if (!Array.isArray(page)) throw new Error(`Log Service listed no ${key}.`);
      items.push(...page);
      if (page.length < PAGE_SIZE) return items;
    }
  }

  async function logstoreData(project: string, name: string): Promise<LogstoreData> {
    const settings = service.settingsOf(project, name);
    const hasIndex = service.hasIndex(project, name);
    return {
      name,
      ...settings,
      ...(hasIndex ? { index: await get(`/logstores/${name}/index`, project) } : {}),
      entries: service.entries(project, name),
    };
  }

  async function projectData(project: unknown): Promise<LogProjectData> {
    const { projectName, description } = project as { projectName: string; description: string };
    const names = await list('/logstores', 'logstores', projectName);
    return {
      name: projectName,
      description,
      logstores: await Promise.all(names.map((name) => logstoreData(projectName, String(name)))),
    };
  }

  return { projects: await Promise.all((await list('/', 'projects')).map(projectData)) };
}

/** Makes it as it was saved, whatever stacks have put into it before. Logs arrive anew. */
export async function restoreLogService(
  service: LogService,
  accountId: string,
  saved: LogServiceData,
): Promise<void> {
  // What a stack has created anew and somebody had deleted by hand is deleted again.
  const created = await logServiceData(service, accountId);
  const namesOf = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
  service.atOnce(() => {
    for (const project of created.projects) {
      const kept = saved.projects.find(({ name }) => name === project.name);
      if (kept === undefined) service.deleteProject(project.name);
      for (const logstore of kept === undefined ? [] : namesOf(project.logstores)) {
        if (!namesOf(kept?.logstores ?? []).includes(logstore)) {
          service.deleteLogstore(project.name, logstore);
        }
      }
    }
    for (const { name: project, description, logstores } of saved.projects) {
      const there = created.projects.find(({ name }) => name === project);
      if (there === undefined) service.createProject(project, description);
      else service.updateProject(project, description);
      for (const { name, index, entries, ...settings } of logstores) {
        if (there !== undefined && namesOf(there.logstores).includes(name)) {
          const { shardCount: _, ...changeable } = settings;
          service.updateLogstore(project, name, changeable);
        } else service.createLogstore(project, name, settings);
        if (index !== undefined) service.createIndex(project, name, index);
        else if (service.hasIndex(project, name)) service.deleteIndex(project, name);
        service.append(project, name, entries);
      }
    }
  });
}
