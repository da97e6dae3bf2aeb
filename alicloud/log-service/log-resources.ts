import * as v from 'valibot';
import { isCloudError } from '../../workflows/onboarding/errors.ts';
import type { CallOptions } from '../../workflows/onboarding/ports.ts';
import { malformedAnswer } from '../failure.ts';
import { jsonOf, type LogClient } from './client.ts';

export interface Logstore {
  readonly retentionDays: number;
}

export interface LogIndex {
  /** What the index takes each key's values for, for example `text` or `long`. */
  readonly keys: Readonly<Record<string, string>>;
}

/** A rule of alerting 2.0. */
export interface LogAlert {
  readonly name: string;
  readonly isEnabled: boolean;
  /** The action policy that sends it. */
  readonly actionPolicyId: string | undefined;
}

const projectSchema = v.object({ projectName: v.string() });

const dashboardSchema = v.object({ dashboardName: v.string() });

const logstoreSchema = v.object({ ttl: v.number() });

const indexSchema = v.object({
  keys: v.nullish(v.record(v.string(), v.object({ type: v.string() })), {}),
});

const alertsSchema = v.object({
  total: v.number(),
  results: v.nullish(
    v.array(
      v.object({
        name: v.string(),
        status: v.string(),
        configuration: v.nullish(
          v.object({
            policyConfiguration: v.nullish(v.object({ actionPolicyId: v.nullish(v.string()) })),
          }),
        ),
      }),
    ),
    [],
  ),
});

const ALERTS_A_PAGE = 200;

/**
 * What is in the client's project now. Each answers `undefined` or `false` for what is not there, is
 * safe to repeat, and rejects with a `CloudError`. Source: Simple Log Service 2020-12-30, the
 * operations by their names.
 */
export function createLogResources(client: LogClient) {
  async function get<S extends v.GenericSchema>(
    operation: string,
    path: string,
    schema: S,
    { timeoutMs }: CallOptions,
    absent: readonly string[],
    query: Readonly<Record<string, string>> = {},
  ): Promise<v.InferOutput<S> | undefined> {
    try {
      const request = { operation, method: 'GET', path, query, timeoutMs } as const;
      const { body } = await client.request(request);
      const parsed = v.safeParse(schema, jsonOf(body), { abortEarly: true });
      if (parsed.success) return parsed.output;
      const where = v.getDotPath(parsed.issues[0]) ?? 'the body';
      throw malformedAnswer(operation, `${where} is missing or wrong`, { statusCode: 200 });
    } catch (error) {
      if (isCloudError(error) && absent.includes(error.code)) return undefined;
      throw error;
    }
  }

  return {
    /** Whether there is such a project, of this account. */
    async hasProject(options: CallOptions): Promise<boolean> {
      const found = await get('GetProject', '/', projectSchema, options, ['ProjectNotExist']);
      return found !== undefined;
    },

    async logstore(name: string, options: CallOptions): Promise<Logstore | undefined> {
      const path = `/logstores/${name}`;
      const found = await get('GetLogStore', path, logstoreSchema, options, ['LogStoreNotExist']);
      return found && { retentionDays: found.ttl };
    },

    async index(logstore: string, options: CallOptions): Promise<LogIndex | undefined> {
      const path = `/logstores/${logstore}/index`;
      const found = await get('GetIndex', path, indexSchema, options, ['IndexConfigNotExist']);
      if (found === undefined) return undefined;
      const keys = Object.entries(found.keys ?? {}).map(([key, { type }]) => [key, type]);
      return { keys: Object.fromEntries(keys) };
    },

    async hasDashboard(name: string, options: CallOptions): Promise<boolean> {
      const path = `/dashboards/${name}`;
      const absent = ['DashboardNotExist'];
      const found = await get('GetDashboard', path, dashboardSchema, options, absent);
      return found !== undefined;
    },

    async alerts(options: CallOptions): Promise<LogAlert[]> {
      const query = { offset: '0', size: String(ALERTS_A_PAGE) };
      const found = await get('ListAlerts', '/alerts', alertsSchema, options, [], query);
      return (found?.results ?? []).map(({ name, status, configuration }) => ({
        name,
        isEnabled: status === 'ENABLED',
        actionPolicyId: configuration?.policyConfiguration?.actionPolicyId ?? undefined,
      }));
    },
  };
}
