import { ServiceError } from '../../../protocols/service-error.ts';
import type { Call, HttpAnswer, HttpRequest, HttpService } from '../../../server/http-service.ts';
import type { Caller } from '../../../world/identities.ts';
import type { World } from '../../../world/world.ts';
import { logError } from '../errors.ts';
import { projectOfHost } from '../host.ts';
import type { LogService } from '../index.ts';
import { jsonAnswer } from './operation.ts';

/** A map as a template gives it. */
type Given = Readonly<Record<string, unknown>>;

/** Kept by whoever creates them: stacks. */
export interface KeptAlert {
  readonly project: string;
  readonly name: string;
  readonly displayName: string;
  readonly state: string | undefined;
  readonly description: string | undefined;
  readonly schedule: Given;
  readonly configuration: Given;
}

export interface KeptDashboard {
  readonly project: string;
  readonly name: string;
  readonly displayName: string;
  readonly description: string | undefined;
  readonly charts: readonly Given[];
}

const PATHS = {
  GetAlert: /^\/alerts\/([^/]+)$/,
  GetDashboard: /^\/dashboards\/([^/]+)$/,
  ListAlerts: /^\/alerts$/,
  ListDashboard: /^\/dashboards$/,
} as const;

type OperationName = keyof typeof PATHS;

/** What faults may name. */
export const ALERT_AND_DASHBOARD_OPERATIONS = Object.keys(PATHS) as readonly OperationName[];

/**
 * `GetAlert`, `ListAlerts`, `GetDashboard`, `ListDashboard`, in front of Log Service, with its own
 * signature and errors. Keys are spelt as the API spells them; when they were made is not kept.
 * Source: `@alicloud/sls20201230`.
 */
export function createAlertAndDashboardReads(ports: {
  readonly world: World;
  readonly accountId: string;
  readonly logService: LogService;
  alerts(): readonly KeptAlert[];
  dashboards(): readonly KeptDashboard[];
}): HttpService {
  const { world, accountId, logService } = ports;

  function handle({ operation, request, requestId }: Call, caller: Caller): HttpAnswer {
    const project = projectOfHost(request.headers.host);
    if (project === undefined) {
      throw logError('InvalidHost', `${operation} needs a Host of {project}.{endpoint}.`);
    }
    const name = decodeURIComponent(nameOf(operation, request));
    authorize(caller, operation, project, name);
    logService.requireProject(project);
    return jsonAnswer(answerOf(operation, request, project, name), {
      'x-log-requestid': requestId,
    });
  }

  function authorize(caller: Caller, operation: string, project: string, name: string): void {
    // As the page of ListAlerts has it: see fidelity.ts.
    const resource = operation.endsWith('Dashboard')
      ? `acs:log:${world.region}:${accountId}:project/${project}/dashboard/${name || '*'}`
      : '*';
    if (caller.accountId === accountId && caller.allows(`log:${operation}`, resource)) return;
    throw logError(
      'Unauthorized',
      `denied by sts or ram, action: log:${operation}, resource: ${resource}`,
    );
  }

  function answerOf(operation: string, request: HttpRequest, project: string, name: string) {
    const inProject = <Item extends { readonly project: string }>(items: readonly Item[]) =>
      items.filter((item) => item.project === project);
    const alerts = inProject(ports.alerts());
    const dashboards = inProject(ports.dashboards());
    switch (operation) {
      case 'GetAlert':
        return alertAnswer(found(alerts, name, 'JobNotExist'));
      case 'GetDashboard':
        return dashboardAnswer(found(dashboards, name, 'DashboardNotExist'));
      case 'ListAlerts': {
        const page = pageOf(request, alerts);
        return { count: page.length, total: alerts.length, results: page.map(alertAnswer) };
      }
      default: {
        const page = pageOf(request, dashboards);
        return {
          count: page.length,
          total: dashboards.length,
          dashboards: page.map((each) => each.name),
          dashboardItems: page.map(({ name: dashboardName, displayName, description = '' }) => ({
            dashboardName,
            displayName,
            description,
          })),
        };
      }
    }
  }

  return {
    ...logService,
    identify: (request) => {
      const identified = request.method === 'GET' ? logService.identify(request) : undefined;
      const operation = ALERT_AND_DASHBOARD_OPERATIONS.find((each) =>
        PATHS[each].test(request.path),
      );
      if (identified === undefined || operation === undefined) return undefined;
      return { ...identified, operation };
    },
    handle: async (call, caller) => handle(call, caller),
  };
}

function nameOf(operation: string, { path }: HttpRequest): string {
  const known = ALERT_AND_DASHBOARD_OPERATIONS.find((each) => each === operation);
  return known === undefined ? '' : (PATHS[known].exec(path)?.[1] ?? '');
}

function found<Item extends { readonly name: string }>(
  items: readonly Item[],
  name: string,
  code: string,
): Item {
  const item = items.find((each) => each.name === name);
  if (item !== undefined) return item;
  throw new ServiceError(code, 404, `${name} does not exist.`);
}

/** `offset` from 0, `size` 1–200, default 10. */
function pageOf<Item>({ query }: HttpRequest, items: readonly Item[]): readonly Item[] {
  const other = [...query.keys()].find((key) => key !== 'offset' && key !== 'size');
  if (other !== undefined) {
    throw logError('SandboxUnsupportedParameter', `The sandbox does not model ${other}.`);
  }
  const offset = Number(query.get('offset') ?? 0);
  const size = Number(query.get('size') ?? 10);
  if (!(Number.isInteger(offset) && offset >= 0)) throw logError('InvalidOffset');
  if (!(Number.isInteger(size) && size >= 1 && size <= 200)) {
    throw logError('ParameterInvalid', 'size is not from 1 to 200.');
  }
  return items.slice(offset, offset + size);
}

function alertAnswer(alert: KeptAlert) {
  return {
    name: alert.name,
    displayName: alert.displayName,
    description: alert.description ?? '',
    status: alert.state === 'Disabled' ? 'DISABLED' : 'ENABLED',
    configuration: apiSpelling(alert.configuration),
    schedule: apiSpelling(alert.schedule),
  };
}

function dashboardAnswer(dashboard: KeptDashboard) {
  return {
    dashboardName: dashboard.name,
    displayName: dashboard.displayName,
    description: dashboard.description ?? '',
    charts: dashboard.charts.map(apiSpelling),
  };
}

/** Keys begin with a capital in a template, and with a small letter in the API. */
function apiSpelling(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(apiSpelling);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      apiSpelling(inner),
    ]),
  );
}
